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
    const status = place.querySelector<HTMLElement>(".status");
    const answer = place.querySelector<HTMLElement>(".answer");
    if (form !== null && status !== null && answer !== null) connect(place, form, status, answer);
  }
}

/** @param status the live region. It exists before its text is set, so that screen readers announce the change. */
function connect(place: HTMLElement, form: HTMLFormElement, status: HTMLElement, answer: HTMLElement): void {
  let latest = new AbortController();
  const show = ({ kind, words }: Told, ...parts: Node[]) => {
    status.className = `status ${kind}`;
    status.replaceChildren(...words);
    answer.replaceChildren(...parts);
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // Only the answer to the last call is shown, even when an earlier one comes later.
    latest.abort();
    latest = new AbortController();
    const { signal: replaced } = latest;
    const call = callOf(place.dataset, form);
    if (typeof call === "string") return show({ kind: "problem", words: [call] });
    show({ kind: "", words: ["Waiting for the mock …"] });
    const { told, parts } = await send(call);
    if (!replaced.aborted) show(told, ...parts, sameCall(call, replaced));
  });
}

/** What a reader is told of a call. */
interface Told {
  kind: "ok" | "failed" | "problem" | "";
  words: (Node | string)[];
}
interface Shown {
  told: Told;
  parts: Node[];
}

/** Sends a call. @returns what became of it */
async function send({ method, url, headers, body, origin }: Call): Promise<Shown> {
  const signal = AbortSignal.timeout(patience * 1000);
  const init = { method, headers, ...(body !== undefined && { body }), credentials: "omit", signal } as const;
  const began = performance.now();
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    return { told: { kind: "problem", words: noAnswer(origin, signal.aborted) }, parts: [] };
  }
  const text = await response.text().catch(() => undefined);
  const duration = Math.round(performance.now() - began);
  const status = `${response.status} ${response.statusText}`.trim();
  return {
    told: { kind: response.ok ? "ok" : "failed", words: [`${status} in ${duration} ms`] },
    parts: [
      titled("Headers", [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n")),
      text === undefined
        ? make("p", { class: "problem" }, "The body of the answer did not arrive whole.")
        : titled("Body", shortened(pretty(text))),
    ],
  };
}

function noAnswer(origin: string, isLate: boolean): (Node | string)[] {
  if (isLate) return [`The mock at ${origin} did not answer within ${patience} s.`];
  const start = make("code", {}, "npx geminidb-backup mock");
  const others =
    " and check the port that it prints. If it is running, the browser may block this page from reaching it, or the connection broke and the call may have been carried out.";
  return [`No answer from ${origin}. Start the mock with `, start, others];
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
