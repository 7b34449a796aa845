/** Everything that JavaScript adds to the page. The page is complete without it. */
import { connectContents, connectMenu } from "./contents.js";
import { addCopyButtons } from "./copy.js";
import { searchButton } from "./search.js";
import { layOutAll, layoutSteps } from "./sections.js";
import { connectTabs } from "./tabs.js";
import { themeButton } from "./theme.js";
import { connectForms } from "./try-it.js";

// What a key or a click may need at once. A panel that opened later would also move what is below it.
connectTabs();
document.getElementById("tools")?.append(searchButton(), themeButton());
connectForms();
connectMenu();
// Before the browser follows a link.
addEventListener("click", layOutAll, { capture: true });

// What takes a while, one step after the other while the browser is idle: a reader who scrolls already waits for none of them.
const steps = [addCopyButtons, connectContents, ...layoutSteps()];

function takeSteps(): void {
  steps.shift()?.();
  if (steps.length > 0) whenIdle(takeSteps);
}

function whenIdle(work: () => void): void {
  // Safari has no idle callbacks.
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 500 });
  else setTimeout(work);
}

whenIdle(takeSteps);
