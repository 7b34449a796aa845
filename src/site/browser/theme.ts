import { make } from "./dom.js";
import { remember } from "./store.js";

/** A button that changes between the light and the dark theme. Until it is used, the system decides. */
export function themeButton(): HTMLButtonElement {
  const button = make("button", { type: "button", class: "theme" }, "◐");
  const name = () => button.setAttribute("aria-label", isDark() ? "Light theme" : "Dark theme");
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    remember("theme", theme);
    name();
  });
  matchMedia(dark).addEventListener("change", name);
  name();
  return button;
}

const dark = "(prefers-color-scheme: dark)";

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? matchMedia(dark).matches : theme === "dark";
}
