import { isInLink, make } from "./dom.js";
import { buildIndex, type Entry, find, stemOf, wordsOf } from "./search-index.js";

const limit = 20;

/** A dialog that "/" and Ctrl-K open, and the button for it. It works offline and from disk. */
export function searchButton(): HTMLButtonElement {
  const button = make(
    "button",
    { type: "button", class: "search-open", "aria-keyshortcuts": "/ Control+K" },
    "Search ",
  );
  button.append(make("kbd", {}, "/"));
  let dialog: HTMLDialogElement | undefined;
  const open = () => {
    if (dialog === undefined) {
      dialog = searchDialog();
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input")?.select();
  };
  button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    const slash = event.key === "/" && !isCommand && !isField(event.target);
    // Browsers that fill in a field send an event without a key.
    const control = event.key?.toLowerCase() === "k" && isCommand && !event.shiftKey;
    if (!slash && !control) return;
    event.preventDefault();
    open();
  });
  return button;
}

function searchDialog(): HTMLDialogElement {
  const input = make("input", {
    type: "search",
    "aria-label": "Search headings, parameters, codes and text",
    // A phone has no room for more.
    placeholder: "Search",
    autocomplete: "off",
    spellcheck: "false",
  });
  const results = make("ul", { class: "results" });
  const count = make("p", { role: "status", class: "count" });
  const close = make("button", { type: "button", class: "close" }, "Close");
  const dialog = make(
    "dialog",
    { class: "search", "aria-label": "Search" },
    make("div", {}, input, close),
    count,
    results,
  );
  let index: Entry[] | undefined;

  input.addEventListener("input", () => {
    const main = document.querySelector("main");
    index ??= main ? buildIndex(main) : [];
    const found = find(index, input.value, limit);
    results.replaceChildren(...found.map((entry) => resultOf(entry, input.value)));
    count.textContent = input.value.trim() === "" ? "" : countText(found.length);
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    const onBackdrop = target === dialog;
    if (onBackdrop || isInLink(target)) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => goByKey(event, dialog, input));
  return dialog;
}

/** The arrows go through the results, Enter opens the first one, and Escape closes the dialog. */
function goByKey(event: KeyboardEvent, dialog: HTMLDialogElement, input: HTMLInputElement): void {
  const links = [...dialog.querySelectorAll("a")];
  const active = document.activeElement;
  const at = active instanceof HTMLAnchorElement ? links.indexOf(active) : -1;
  // Enter also ends a word that is being composed, as in Chinese.
  if (event.isComposing) return;
  if (event.key === "Enter" && active === input) links[0]?.click();
  else if (event.key === "ArrowDown") links[at + 1]?.focus();
  else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
  // A search field would only be emptied by the first Escape.
  else if (event.key === "Escape") dialog.close();
  else return;
  event.preventDefault();
}

function countText(count: number): string {
  if (count === 0) return "Nothing was found. Fewer or shorter words find more.";
  return count < limit ? `${count} found` : `The best ${limit} matches`;
}

function resultOf({ href, title, section, text, panel }: Entry, query: string): HTMLLIElement {
  const link = make("a", { href }, make("strong", {}, title));
  link.addEventListener("click", () => {
    if (panel) panel.open = true;
  });
  if (section !== title) link.append(" ", make("span", { class: "where" }, section));
  if (text !== "") link.append(make("span", { class: "excerpt" }, excerptOf(text, query)));
  return make("li", {}, link);
}

/** How many characters an excerpt has, and how many of them stand before the word that was looked for. */
const excerptLength = 140;
const excerptBefore = 40;

/** The text around the first place where a word is that was looked for. */
function excerptOf(text: string, query: string): string {
  const lower = text.toLowerCase();
  const places = wordsOf(query)
    .map((word) => lower.indexOf(stemOf(word)))
    .filter((at) => at >= 0);
  const start = Math.max(0, Math.min(...places, text.length) - excerptBefore);
  const end = start + excerptLength;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}

function isField(target: EventTarget | null): boolean {
  // One of a dialog that was closed in this frame may still have the focus.
  return target instanceof Element && target.matches(":is(input, textarea, select):not(dialog:not([open]) *)");
}
