import type { LanguageFn } from "highlight.js";
import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import { escapeHtml, type Html, trusted } from "./html.js";
import type { LanguageId } from "./languages.js";

/** The languages of samples, and the words after a Markdown fence, with what colours them. */
const known = {
  bash,
  sh: bash,
  shell: bash,
  javascript,
  js: javascript,
  json,
  python,
  typescript,
  ts: typescript,
  yaml,
} satisfies Record<LanguageId, LanguageFn> & Record<string, LanguageFn>;
for (const [name, language] of Object.entries(known)) highlighter.registerLanguage(name, language);

/**
 * The token types of highlight.js that are coloured, and the element for each. The page has 1,600 of them: short tags, and no
 * class for the three most frequent, make it 1.3 kB smaller. All other tokens stay plain text.
 */
const elements: Readonly<Record<string, string>> = {
  keyword: "b",
  string: "i",
  attr: "u",
  comment: 'i class="comment"',
  literal: "b",
};

/** Code with its syntax in spans. The colours are in the style sheet, so that both themes have their own. */
export function highlight(code: string, language: string): Html {
  const isKnown = Object.hasOwn(known, language);
  const markup = isKnown ? highlighter.highlight(code, { language }).value : escapeHtml(code);
  return trusted(onlyColoured(withPlainQuotes(markup)));
}

/** Quotation marks only have to be escaped in attributes. The code on the page has 1,400 of them, which makes the page 0.5 kB smaller. */
function withPlainQuotes(markup: string): string {
  // The markup of highlight.js has attributes, but none with a quotation mark in its value.
  return markup.replaceAll("&quot;", '"').replaceAll("&#x27;", "'");
}

/** Leaves out the spans that have no colour, and keeps their text. */
function onlyColoured(markup: string): string {
  const open: (string | undefined)[] = [];
  return markup.replace(/<span class="hljs-(\w+)[^"]*">|<\/span>/g, (_, name?: string) => {
    if (name === undefined) {
      const element = open.pop();
      return element ? `</${element[0]}>` : "";
    }
    const element = elements[name];
    open.push(element);
    return element ? `<${element}>` : "";
  });
}
