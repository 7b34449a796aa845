import highlighter from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import { escapeHtml, type Html, trusted } from "./html.js";

/** The words behind a Markdown fence, and the languages of samples, with what colours them. */
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
};
for (const [name, language] of Object.entries(known)) highlighter.registerLanguage(name, language);

/** Code with its syntax in spans. The colours are in the style sheet, so that both themes have their own. */
export function highlight(code: string, language: string): Html {
  if (!(language in known)) return trusted(escapeHtml(code));
  return trusted(highlighter.highlight(code, { language }).value.replaceAll('class="hljs-', 'class="'));
}
