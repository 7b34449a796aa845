/** A file of the site. */
interface SiteFile {
  name: string;
  /** What llms.txt calls it and, where that does not tell it, what it contains. llms.txt lists neither the pages nor itself. */
  title?: string;
  content?: string;
  /** Whether search engines should read it. */
  isInSitemap: boolean;
}

/** The files of the site, in the order in which they are listed. */
const files = [
  { name: "index.html", isInSitemap: true },
  { name: "redoc.html", isInSitemap: true },
  {
    name: "reference.md",
    title: "Reference",
    content: "the operations with all parameters, examples and error codes",
    isInSitemap: true,
  },
  {
    name: "client-options.md",
    title: "Options of the client",
    content: "what the client takes and hands over, type by type",
    isInSitemap: true,
  },
  { name: "command-line.md", title: "Command line", content: "the help of each command", isInSitemap: true },
  {
    name: "llms-full.txt",
    title: "Everything in one file",
    content: "the reference, samples, commands, options and guides",
    isInSitemap: true,
  },
  { name: "llms.txt", isInSitemap: false },
  { name: "openapi.json", title: "OpenAPI 3.1 description, JSON", isInSitemap: true },
  { name: "openapi.yaml", title: "OpenAPI 3.1 description, YAML", isInSitemap: false },
] as const satisfies readonly SiteFile[];

export type SiteFileName = (typeof files)[number]["name"];

export const siteFiles: readonly SiteFile[] = files;
