import type { Operation } from "../../description/operations.js";
import type { Spec } from "../../description/spec.js";
import { type Html, html } from "../html.js";
import { breakable, type Renderer } from "../markdown.js";
import { inEveryLanguage, type Samples } from "../samples.js";

/** What this is, the way to the operations, and a call that works as it is copied. */
export function firstScreen(description: Spec, operations: Operation[], samples: Samples, renderer: Renderer): Html {
  const { title, summary } = description.info;
  // The description begins with the summary, for tools that show only one of the two.
  const introduction = description.info.description.replace(summary, "").trim();
  const cards = operations.map(
    ({ operationId, method, path, summary: name }) => html`<li><a href="#${operationId}"><strong>${name}</strong>
<span class="path"><span class="method ${method.toLowerCase()}">${method}</span> ${breakable(path)}</span></a></li>\n`,
  );
  return html`<section class="first" aria-labelledby="top">
<div class="pair"><div>
<h1 id="top">${title}</h1>
<p class="lead">${summary}</p>
<ul class="cards">${cards}</ul>
</div>
<div class="aside"><p class="aside-title">A first call, against the mock or the service</p>
${renderer.sample(inEveryLanguage(samples, "first-call"))}
<p class="note">This runs unchanged once <a href="#a-first-call">the package is installed</a> and <code>npx geminidb-backup mock</code> is running. Save the TypeScript or fetch sample
in a file whose name ends in <code>.mjs</code>. <a href="#a-first-call-call-the-service">To call the service</a>, set its variables.</p></div>
<div>${renderer.block(introduction, { file: "generated/openapi.json", id: "top" })}</div></div>
</section>\n`;
}
