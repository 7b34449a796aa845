import { remember, remembered } from "./store.js";

/** The event of the document that says that the reader has chosen another language. */
export const languageChange = "sample-language";

/** Makes the language tabs work together: what is chosen in one place is chosen everywhere, and on the next visit. */
export function connectTabs(): void {
  const chosen = remembered("language");
  if (chosen !== undefined) openEverywhere(chosen);
  for (const tab of document.querySelectorAll<HTMLElement>(".tabs summary")) {
    tab.addEventListener("click", (event) => {
      // A tab that is open stays open: something must be shown.
      event.preventDefault();
      choose(tab);
    });
  }
}

/** The language that is shown. */
export function currentLanguage(): string {
  return document.querySelector<HTMLElement>(".first .tabs details[open]")?.dataset.tab ?? "";
}

function choose(tab: HTMLElement): void {
  const panel = tab.parentElement as HTMLDetailsElement;
  const { tab: name = "" } = panel.dataset;
  const before = tab.getBoundingClientRect().top;
  panel.open = true;
  // Examples are tabs too, but their names mean something in one place only.
  if (tab.closest(".languages")) {
    openEverywhere(name);
    remember("language", name);
    document.dispatchEvent(new Event(languageChange));
  }
  // Panels above may have grown or shrunk: the reader's place stays where it is.
  scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
}

function openEverywhere(name: string): void {
  for (const panel of document.querySelectorAll<HTMLDetailsElement>(
    `.languages details[data-tab="${CSS.escape(name)}"]`,
  )) {
    panel.open = true;
  }
}
