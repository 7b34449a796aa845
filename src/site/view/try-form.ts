import { catalogue } from "../../../generated/catalogue.js";
import { takesWholeBody } from "../../description/flat-body.js";
import type { Operation } from "../../description/operations.js";
import { flagName } from "../../shared/flag-name.js";
import { type Html, html } from "../html.js";

/**
 * A form that sends a documented body to a mock on this machine. It has no field for a host or a token: it can only
 * reach a port of this machine, and the policy of the page forbids everything else. Without JavaScript it is not shown.
 */
export function tryForm(operation: Operation, body: unknown): Html {
  const { operationId, method, path, parameters, requestBody } = operation;
  const id = `${operationId}-try`;
  const command = catalogue.operations.find((one) => one.operationId === operationId)?.command;
  const fields = parameters.map(({ name, in: where, required, example, schema }) => {
    const isText = [schema.type].flat().includes("string");
    // fetch throws for a header with any other character, before it sends.
    const pattern = where === "header" && html` pattern="[ -\\xFF]*" title="Latin-1 only"`;
    return html`<label>${name}<input type="text" name="${name}" data-in="${where}" data-flag="${flagName(name)}"${!isText && html` data-json`}${pattern} value="${typeof example === "object" ? JSON.stringify(example) : String(example ?? "")}"${required && html` required`}></label>`;
  });
  return html`<details class="try" data-method="${method}" data-path="${path}" data-operation="${operationId}" data-command="${command ?? operationId}"${requestBody && html` data-media-type="${requestBody.mediaType}"`}${takesWholeBody(operation) && html` data-whole`}>
<summary id="${id}">Try it against the mock on this machine</summary>
<form autocomplete="off" spellcheck="false">
<p>Start the mock with <code>npx geminidb-backup mock</code>, then send. No token is needed, and nothing leaves this machine.</p>
<div class="fields"><label>Port of the mock<input type="number" name="port" min="1" max="65535" value="${catalogue.mockPort}" required></label>${fields}</div>
${body !== undefined && html`<label>Request body<textarea name="body" rows="8"${requestBody?.required && html` required`}>${JSON.stringify(body, null, 2)}</textarea></label>`}
<p><button type="submit">Send to the mock</button></p>
<p class="status" role="status"></p>
<div class="answer"></div>
</form>
</details>\n`;
}
