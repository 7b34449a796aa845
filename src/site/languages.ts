/** The languages of samples, for the page, for the code of a call in the browser, and for Redoc. */
export type LanguageId = "typescript" | "bash" | "shell" | "javascript" | "python";

export interface Language {
  /** What the page remembers, and what Redoc and the highlighter call it. */
  id: LanguageId;
  /** What the reader sees. */
  label: string;
}

/** The language that can say any call. */
export const curl: Language = { id: "shell", label: "curl" };

/** All languages, in the order in which they are shown. */
export const languages: readonly Language[] = [
  { id: "typescript", label: "TypeScript" },
  { id: "bash", label: "Command line" },
  curl,
  { id: "javascript", label: "fetch" },
  { id: "python", label: "Python" },
];
