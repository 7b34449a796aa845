import { type Call, callOf } from "./call.js";
import { codeOf } from "./call-code.js";
import { copyButton } from "./copy.js";
import { make } from "./dom.js";
import { currentLanguage, languageChange } from "./tabs.js";

/** Seconds that the form waits for an answer. */
const patience = 30;

/** Makes the forms send to a mock on this machine. The policy of the page forbids every other host. */
export function connectForms(): void {
  for (const place of document.querySelectorAll<HTMLElement>(".try")) {
    const form = place.querySelector("form");
    const answer = place.querySelector<HTMLElement>(".answer");
    if (form !== null && answer !== null) connect(place, form, answer);
  }
}

function connect(place: HTMLElement, form: HTMLFormElement, answer: HTMLElement): void {
  let latest = new AbortController();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // Only the answer to the last call is shown, even when an earlier one comes later.
    latest.abort();
    latest = new AbortController();
    const { signal: replaced } = latest;
    const call = callOf(place.dataset, form);
    if (typeof call === "string") return answer.replaceChildren(problem(call));
    answer.replaceChildren(make("p", { role: "status" }, "Waiting for the mock …"));
    const parts = await send(call);
    if (!replaced.aborted) answer.replaceChildren(...parts, sameCall(call, replaced));
  });
}

/** Sends a call. @returns what became of it */
async function send({ method, url, headers, body, origin }: Call): Promise<Node[]> {
  const signal = AbortSignal.timeout(patience * 1000);
  const init = { method, headers, ...(body !== undefined && { body }), credentials: "omit", signal } as const;
  const began = performance.now();
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    if (signal.aborted) return [problem(`The mock at ${origin} did not answer within ${patience} s.`)];
    const start = make("code", {}, "npx geminidb-backup mock");
    const reasons = "There is no mock (start one with ";
    const others =
      ", and look which port it prints), the browser does not let this page reach it, or the connection broke";
    return [
      problem(`No answer from ${origin}. `, reasons, start, `${others}. In the last case the call may have been made.`),
    ];
  }
  const text = await response.text().catch(() => undefined);
  const duration = Math.round(performance.now() - began);
  const status = `${response.status} ${response.statusText}`.trim();
  return [
    make("p", { class: response.ok ? "status ok" : "status failed", role: "status" }, `${status} in ${duration} ms`),
    titled("Headers", [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n")),
    text === undefined
      ? problem("The body of the answer did not arrive whole.")
      : titled("Body", shortened(pretty(text))),
  ];
}

/**
 * The call in the language that the reader has chosen, also when another one is chosen later.
 * @param replaced aborts when another call is made
 */
function sameCall(call: Call, replaced: AbortSignal): HTMLElement {
  const place = make("div");
  const show = () => {
    const { label, text } = codeOf(call, currentLanguage());
    place.replaceChildren(titled(`The same call: ${label}`, text));
  };
  show();
  document.addEventListener(languageChange, show, { signal: replaced });
  return place;
}

function problem(...parts: (Node | string)[]): HTMLElement {
  return make("p", { class: "problem", role: "alert" }, ...parts);
}

function titled(title: string, text: string): HTMLElement {
  const shown = make("pre", { tabindex: "0", role: "group", "aria-label": title }, make("code", {}, text || "none"));
  const copy = copyButton(title, () => ({ text, shown }));
  return make("div", { class: "code" }, make("p", { class: "code-label" }, title), shown, copy);
}

/** The longest body that is shown, in characters. A page of many megabytes would freeze. */
const longestBody = 100_000;

function shortened(text: string): string {
  if (text.length <= longestBody) return text;
  return `${text.slice(0, longestBody)}\n… ${text.length - longestBody} more characters`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
