import type { Group } from "../contents.js";
import { siteFiles } from "../files.js";
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
  const others = siteFiles.filter(({ name }) => !name.endsWith(".html"));
  const files = others.map(({ name }) => html`<li><a href="${name}">${name}</a></li>\n`);
  return html`<nav id="contents" popover aria-label="Contents">
${lists}<p>Files</p>
<ul>${files}</ul>
</nav>`;
}
