import type { Group } from "../contents.js";
import { type Html, html } from "../html.js";

/** A column beside the text where there is room, else a menu that a button opens: a popover needs no JavaScript. */
export function contents(groups: Group[]): Html {
  const lists = groups.map(({ title, entries }) => {
    const items = entries.map(({ id, title: name, method }) => {
      const badge = method && html`<span class="method ${method.toLowerCase()}">${method}</span> `;
      return html`<li><a href="#${id}">${badge}${name}</a></li>\n`;
    });
    return html`<p>${title}</p>\n<ul>${items}</ul>\n`;
  });
  const files = ["openapi.json", "openapi.yaml", "reference.md", "command-line.md", "llms.txt", "llms-full.txt"];
  return html`<nav id="contents" popover aria-label="Contents">
${lists}<p>Files</p>
<ul>${files.map((name) => html`<li><a href="${name}">${name}</a></li>\n`)}</ul>
</nav>`;
}
