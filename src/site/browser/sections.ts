/**
 * Laying out the whole page is slow. A visit that starts at the top defers the sections below. A visit that starts at an anchor
 * needs their real heights at once.
 */
export function layOutLater(): void {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const beginsAtTop = location.hash === "" && visit?.type === "navigate";
  if (beginsAtTop) document.documentElement.classList.add("deferred-layout");
}

/** Lays out the deferred sections at once: a link leads to the right place only when all sections have their height. */
export function layOutAll(): void {
  document.documentElement.classList.remove("deferred-layout");
}

/** Scrolls once more to an address that was typed, if the browser went there before all sections had their height. */
export function scrollToTarget(): void {
  if (!document.documentElement.classList.contains("deferred-layout")) return;
  layOutAll();
  document.querySelector(":target")?.scrollIntoView();
}

/** The steps that lay out the deferred sections one by one, for when the browser is idle. */
export function layoutSteps(): (() => void)[] {
  if (!document.documentElement.classList.contains("deferred-layout")) return [];
  const sections = [...document.querySelectorAll("main > section")];
  return [...sections.map((section) => () => section.classList.add("laid-out")), layOutAll];
}
