/** A block of code in Markdown, with its fences. The group keeps it where a text is split. */
const fencedCode = /^( *```[\s\S]*?^ *```$)/m;

/** Changes the prose of a Markdown text, and leaves its blocks of code as they are. */
export function changeProse(markdown: string, change: (prose: string) => string): string {
  // Prose and blocks of code alternate, and the first part is prose.
  const parts = markdown.split(fencedCode);
  return parts.map((part, index) => (index % 2 === 0 ? change(part) : part)).join("");
}

/** Prose for a place that has other addresses than the page: links within the repository become plain text. */
export function withoutLocalLinks(prose: string): string {
  // Inline code is looked at as well, because what looks like a link in it is none.
  return prose.replace(/`[^`\n]*`|\[([^\]]+)\]\((?!https:)[^)\s]+\)/g, (found, words?: string) => words ?? found);
}
