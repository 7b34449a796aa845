import { isInLink } from "./dom.js";

/** Closes the menu of a narrow screen when an entry is chosen. */
export function connectMenu(): void {
  const contents = document.getElementById("contents");
  contents?.addEventListener("click", ({ target }) => {
    if (isInLink(target) && contents.matches(":popover-open")) contents.hidePopover();
  });
  contents?.addEventListener("toggle", () => {
    const link = contents.querySelector<HTMLElement>("[aria-current]");
    if (link) keepInView(link, contents);
  });
}

/** Marks the section that is read. */
export function connectContents(): void {
  const contents = document.getElementById("contents");
  if (contents === null) return;
  const links = new Map<string, HTMLAnchorElement>();
  for (const link of contents.querySelectorAll<HTMLAnchorElement>("a[href^='#']")) links.set(link.hash.slice(1), link);
  const headings = [...document.querySelectorAll<HTMLElement>("h1[id], h2[id]")].filter(({ id }) => links.has(id));

  let marked: HTMLAnchorElement | undefined;
  const mark = () => {
    const link = links.get(currentOf(headings));
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    marked = link;
    if (link) keepInView(link, contents);
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  later();
}

/** The ID of the last heading that starts above the first quarter of the window: the section being read. */
function currentOf(headings: HTMLElement[]): string {
  const { scrollHeight } = document.documentElement;
  // The last sections may be too short to reach the top of the window.
  const isAtEnd = scrollY > 0 && scrollY + innerHeight >= scrollHeight - 1;
  if (isAtEnd) {
    const isTarget = (heading: HTMLElement) => heading.id === location.hash.slice(1);
    const target = headings.find((heading) => isTarget(heading) && heading.getBoundingClientRect().bottom > 0);
    return (target ?? headings.at(-1))?.id ?? "";
  }
  let current = headings[0]?.id ?? "";
  for (const heading of headings) {
    if (heading.getBoundingClientRect().top > innerHeight / 4) break;
    current = heading.id;
  }
  return current;
}

/** Scrolls the contents alone: `scrollIntoView` would move the page as well. */
function keepInView(link: HTMLElement, contents: HTMLElement): void {
  const { top, bottom } = link.getBoundingClientRect();
  const frame = contents.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) contents.scrollTop += top - frame.top - frame.height / 3;
}
