import { highlight } from "../highlight.js";
import { type Html, html } from "../html.js";
import type { Sample } from "../samples.js";

const labels: Record<string, string> = {
  ini: "INI",
  js: "JavaScript",
  json: "JSON",
  sh: "Shell",
  shell: "Shell",
  text: "Text",
  ts: "TypeScript",
  yaml: "YAML",
};

/** One piece of code under its label. The browser adds a button that copies it. */
export function codeBlock(source: string, language: string, label = labels[language] ?? language): Html {
  return html`<div class="code"><p class="code-label">${label}</p>${code(source, language, label)}</div>\n`;
}

interface Panel {
  id: string;
  label: string;
  language: string;
  source: string;
}

/**
 * The same thing in several languages, or several examples: one is open at a time. They are `<details>` that the style sheet
 * lays out as tabs, so that they work without JavaScript; with it, a language that is chosen is chosen everywhere.
 */
export function tabs(group: string, panels: Panel[], kind = ""): Html {
  const all = panels.map(
    ({ id, label, language, source }, index) =>
      html`<details name="${group}" data-tab="${id}"${index === 0 && html` open`}><summary>${label}</summary>${code(source, language, label)}</details>`,
  );
  return html`<div class="code tabs${kind && ` ${kind}`}" id="${group}">${all}</div>\n`;
}

/** A sample in its languages. `group` is unique on the page. */
export function sampleTabs(group: string, samples: readonly Sample[]): Html {
  return tabs(
    group,
    samples.map(({ language: { id, label }, source }) => ({ id, label, language: id, source })),
    "languages",
  );
}

function code(source: string, language: string, label: string): Html {
  return html`<pre tabindex="0" role="group" aria-label="${label}"><code>${highlight(source, language)}</code></pre>`;
}
