import type { Spec } from "../../description/spec.js";
import { type Html, html } from "../html.js";
import type { Place, Renderer } from "../markdown.js";
import { table } from "./table.js";

const id = "security-schemes";
const place: Place = { file: "generated/openapi.json", id };

/** How a call proves who makes it. */
export function credentialsSection({ components }: Spec, renderer: Renderer): Html {
  const rows = Object.entries(components.securitySchemes).map(([scheme, { name, description }]) => ({
    cells: [scheme, `\`${name}\``, description].map((cell) => renderer.inline(cell.trim(), place)),
  }));
  return html`<section aria-labelledby="${id}">
<h2 id="${id}"><a href="#${id}">Credentials</a></h2>
<p>Each call carries ${choiceOf(rows.length)}. <a href="#authentication">Authentication</a> shows how to get and to send them.</p>
${table("Credentials", ["Credential", "Header", "What it is"], rows)}
</section>\n`;
}

/** Each credential is enough on its own. */
function choiceOf(count: number): string {
  if (count === 1) return "this one";
  return count === 2 ? "one of the two" : "one of these";
}
