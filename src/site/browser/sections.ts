/**
 * To lay out the whole page takes longer than to lay out what is seen first. A visit that begins at the top need not wait for
 * the rest. One that begins elsewhere needs the real height of all that stands before.
 */
export function layOutLater(): void {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const beginsAtTop = location.hash === "" && visit?.type === "navigate";
  if (beginsAtTop) document.documentElement.classList.add("unhurried");
}

/** Lays out what was left for later, at once: a link leads to the right place only when all sections have their height. */
export function layOutAll(): void {
  document.documentElement.classList.remove("unhurried");
}

/** Goes to an address that was typed, if the browser went there before all sections had their height. */
export function arriveAgain(): void {
  if (!document.documentElement.classList.contains("unhurried")) return;
  layOutAll();
  document.querySelector(":target")?.scrollIntoView();
}

/** The same in steps, for when the browser is idle. */
export function layoutSteps(): (() => void)[] {
  if (!document.documentElement.classList.contains("unhurried")) return [];
  const sections = [...document.querySelectorAll("main > section")];
  return [...sections.map((section) => () => section.classList.add("laid-out")), layOutAll];
}
