import { make } from "./dom.js";

/** Adds a button to each piece of code and to each method bar. It copies what is open there. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll<HTMLElement>(".code"))
    block.append(copyButton("code", () => codeOf(block)));
  for (const bar of document.querySelectorAll<HTMLElement>(".method-bar")) {
    bar.append(copyButton("the method and the path", () => bar.dataset.copy ?? ""));
  }
}

export function copyButton(what: string, text: () => string): HTMLButtonElement {
  const button = make("button", { type: "button", class: "copy", "aria-label": `Copy ${what}` }, "Copy");
  button.addEventListener("click", async () => {
    const done = await copy(text());
    button.textContent = done ? "Copied" : "Select it";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  });
  return button;
}

function codeOf(block: HTMLElement): string {
  const shown = block.querySelector("details[open] pre") ?? block.querySelector("pre");
  return `${shown?.textContent ?? ""}\n`;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The clipboard of a page that is not served over https or from this machine is closed.
    return false;
  }
}
