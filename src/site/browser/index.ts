/** Everything that JavaScript adds to the page. The page is complete without it. */
import { connectContents, connectMenu } from "./contents.js";
import { addCopyButtons } from "./copy.js";
import { isInLink } from "./dom.js";
import { searchButton } from "./search.js";
import { layOutAll, layoutSteps, scrollToTarget } from "./sections.js";
import { connectTabs } from "./tabs.js";
import { themeButton } from "./theme.js";
import { connectForms } from "./try-it.js";

// What a key or a click may need at once. A panel that opened later would also move what is below it.
connectTabs();
document.getElementById("tools")?.append(searchButton(), themeButton());
connectForms();
connectMenu();
// Before the browser follows a link.
addEventListener(
  "click",
  ({ target }) => {
    if (isInLink(target)) layOutAll();
  },
  { capture: true },
);
addEventListener("hashchange", scrollToTarget);
// Before the browser scrolls to where the page ends now.
addEventListener("keydown", ({ key }) => {
  if (key === "End") layOutAll();
});

// What takes a while, one step after the other while the browser is idle: a reader who scrolls already waits for none of them.
takeWhenIdle([addCopyButtons, connectContents]);
// After the first input, the reader may follow a link or load the page again, and both need the height of every section.
for (const sign of ["scroll", "pointerdown", "keydown"]) {
  addEventListener(sign, () => takeWhenIdle(layoutSteps()), { once: true, passive: true });
}

function takeWhenIdle([next, ...others]: (() => void)[]): void {
  if (next === undefined) return;
  whenIdle(() => {
    next();
    takeWhenIdle(others);
  });
}

function whenIdle(work: () => void): void {
  // Safari has no idle callbacks.
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 500 });
  else setTimeout(work);
}
