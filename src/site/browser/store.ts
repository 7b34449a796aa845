/** What the reader chose, kept for the next visit. Where storage is forbidden, it is forgotten. */
export function remember(key: "theme" | "language", value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows and pages from disk may refuse: the choice still holds until the page is left.
  }
}

export function remembered(key: "theme" | "language"): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
