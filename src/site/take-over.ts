/**
 * Runs in the reader's browser. Redoc is loaded after the first paint and takes the place of the plain page, at the
 * section where the reader is. An address that only the plain page has, such as #DBS.200019, keeps the plain page.
 */
type Mount = (element: HTMLElement, options: object) => void;

const root = document.documentElement;
const plain = find("plain");
const element = find("redoc");
let mounted = false;

// Not a moment before the reader sees something: parsing Redoc would hold that up.
if (PerformanceObserver.supportedEntryTypes.includes("paint")) {
  new PerformanceObserver((list, observer) => {
    if (list.getEntriesByName("first-contentful-paint").length === 0) return;
    observer.disconnect();
    load();
  }).observe({ type: "paint", buffered: true });
} else addEventListener("load", () => setTimeout(load));
// Whoever paints nothing, such as a search engine, gets the whole page all the same.
addEventListener("load", () => setTimeout(() => root.classList.remove("early"), 300));
find("interactive").addEventListener("click", show);
find("back").addEventListener("click", () => {
  root.classList.remove("interactive");
  element.hidden = true;
});

// Where CSS alone does not open them.
addEventListener("beforeprint", () => {
  root.classList.remove("early");
  for (const one of plain.querySelectorAll("details")) one.open = true;
});

function load(): void {
  root.classList.remove("early");
  const script = document.createElement("script");
  script.src = "redoc.js";
  script.onload = () => {
    find("interactive").hidden = false;
    if (location.hash === "" || location.hash.startsWith("#/")) show();
  };
  document.head.append(script);
}

function show(): void {
  const place = location.hash.startsWith("#/") ? location.hash : sectionInView();
  if (place !== location.hash) history.replaceState(null, "", place || location.pathname + location.search);
  element.hidden = false;
  if (mounted) {
    root.classList.add("interactive");
    return;
  }
  mounted = true;
  // Out of sight until it has something to show, so that nothing moves under the reader's eyes.
  root.classList.add("mounting");
  new MutationObserver(mend).observe(element, { childList: true, subtree: true });
  (window as unknown as { mountRedoc: Mount }).mountRedoc(element, {});
  const wait = () => {
    if (!element.querySelector("main h1, main h2")) return requestAnimationFrame(wait);
    return setTimeout(() => root.classList.replace("mounting", "interactive"), 100);
  };
  wait();
}

/** The address in Redoc of the last heading above the middle of the window. */
function sectionInView(): string {
  const headings = [...plain.querySelectorAll<HTMLElement>("h1, h2")];
  const seen = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
  return seen.at(-1)?.dataset.redoc ?? "";
}

/** What a keyboard and a screen reader miss in Redoc. */
function mend(): void {
  const set = (selector: string, attributes: Record<string, string>) => {
    for (const one of element.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(attributes))
        if (one.getAttribute(name) !== value) one.setAttribute(name, value);
    }
  };
  set(":scope > div > div:has(+ main), :scope > div > div:has([data-testid='search-trigger'])", {
    role: "navigation",
    "aria-label": "Contents and search",
  });
  set("[data-testid='search-trigger']", { role: "button", tabindex: "0" });
  set(".md-table-wrapper", { tabindex: "0", role: "group", "aria-label": "Table" });
  set("pre", { tabindex: "0" });
  // It drops that the first of several samples is open.
  for (const one of element.querySelectorAll<HTMLDetailsElement>("main details:not([data-seen])")) {
    one.dataset.seen = "";
    one.open = one.querySelector("summary")?.textContent === "TypeScript";
  }
  set("main h4", { "aria-level": "3", role: "heading" });
  set("main h5", { "aria-level": "4", role: "heading" });
  // Its label would replace the text that the button shows.
  for (const button of element.querySelectorAll("button[aria-haspopup][aria-label]"))
    button.removeAttribute("aria-label");
}

element.addEventListener("keydown", ({ key, target }) => {
  const trigger = (target as Element).closest<HTMLElement>("[data-testid='search-trigger']");
  if (trigger && (key === "Enter" || key === " ")) trigger.click();
});

function find(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}
