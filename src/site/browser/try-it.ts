import { type Call, codeOf } from "./call-code.js";
import { copyButton } from "./copy.js";
import { make } from "./dom.js";
import { currentLanguage } from "./tabs.js";

/** Makes the forms send to a mock on this machine. The policy of the page forbids every other host. */
export function connectForms(): void {
  for (const place of document.querySelectorAll<HTMLElement>(".try")) {
    const form = place.querySelector("form");
    const answer = place.querySelector<HTMLElement>(".answer");
    if (form === null || answer === null) continue;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const call = callOf(place.dataset, new FormData(form));
      if (typeof call === "string") return answer.replaceChildren(make("p", { class: "problem" }, call));
      answer.replaceChildren(make("p", {}, "Waiting for the mock …"));
      return answer.replaceChildren(...(await send(call)));
    });
  }
}

/** The call that the form describes, or what is wrong with it. */
function callOf({ method = "", path = "", operation = "" }: DOMStringMap, data: FormData): Call | string {
  const origin = `http://127.0.0.1:${Number(data.get("port"))}`;
  const parameters: Record<string, string> = {};
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    parameters[name] = String(data.get(name) ?? "");
    return encodeURIComponent(parameters[name]);
  });
  const call: Call = {
    method,
    url: origin + filled,
    origin,
    operationId: operation,
    headers: { "X-Auth-Token": "any-token-for-the-mock" },
    parameters,
  };
  const body = data.get("body");
  if (typeof body !== "string") return call;
  try {
    JSON.parse(body);
  } catch (error) {
    return `The request body is no JSON, so nothing was sent: ${(error as Error).message}`;
  }
  return { ...call, headers: { ...call.headers, "Content-Type": "application/json" }, body };
}

async function send(call: Call): Promise<Node[]> {
  const { method, url, headers, body } = call;
  const began = performance.now();
  try {
    const response = await fetch(url, { method, headers, ...(body !== undefined && { body }), credentials: "omit" });
    const text = await response.text();
    const status = `${response.status} ${response.statusText}`.trim();
    return [
      make(
        "p",
        { class: response.ok ? "status ok" : "status failed" },
        `${status} in ${Math.round(performance.now() - began)} ms`,
      ),
      titled("Headers", [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n")),
      titled("Body", pretty(text)),
      sameCall(call),
    ];
  } catch {
    const start = make("code", {}, "npx geminidb-backup mock");
    return [
      make(
        "p",
        { class: "problem" },
        `No mock answered at ${call.origin}. Start one with `,
        start,
        ", look which port it prints, and send again.",
      ),
      sameCall(call),
    ];
  }
}

function sameCall(call: Call): Node {
  const language = currentLanguage();
  return titled("The same call", codeOf(call, language));
}

function titled(title: string, text: string): HTMLElement {
  const pre = make("pre", { tabindex: "0", role: "group", "aria-label": title }, make("code", {}, text || "none"));
  return make(
    "div",
    { class: "code" },
    make("p", { class: "code-label" }, title),
    pre,
    copyButton(title, () => text),
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
