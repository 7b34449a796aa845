import { make } from "./dom.js";

/** What a button copies, and where the reader sees it. */
interface Source {
  text: string;
  shown: Element;
}

/** Adds a button to each piece of code and to each method bar. It copies what is open there. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll<HTMLElement>(".code")) {
    block.append(copyButton("code", () => codeOf(block)));
  }
  for (const bar of document.querySelectorAll<HTMLElement>(".method-bar")) {
    bar.append(
      copyButton("the method and the path", () => ({
        text: bar.dataset.copy ?? "",
        shown: bar.querySelector("code") ?? bar,
      })),
    );
  }
}

export function copyButton(what: string, source: () => Source): HTMLButtonElement {
  const button = make("button", { type: "button", class: "copy" });
  const say = (text: string, name: string) => {
    button.textContent = text;
    button.setAttribute("aria-label", name);
  };
  say("Copy", `Copy ${what}`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  button.addEventListener("click", async () => {
    const { text, shown } = source();
    if (await copied(text)) {
      say("Copied", "Copied");
    } else {
      getSelection()?.selectAllChildren(shown);
      say("Selected", "Selected. The browser does not let this page copy it");
    }
    clearTimeout(timer);
    timer = setTimeout(() => say("Copy", `Copy ${what}`), 1500);
  });
  return button;
}

function codeOf(block: HTMLElement): Source {
  const shown = block.querySelector("details[open] pre") ?? block.querySelector("pre") ?? block;
  return { text: `${shown.textContent ?? ""}\n`, shown };
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers allow clipboard access only on https and localhost.
    return false;
  }
}
