import type { Operation } from "../description/operations.js";
import type { Guide, Guides } from "./guides.js";

export interface Entry {
  id: string;
  title: string;
  /** The method of an operation, shown before its title. */
  method?: string;
}

export interface Group {
  title: string;
  entries: Entry[];
}

/** The navigation of the page, in the order in which page.ts puts the sections together. guides.ts lists the guides. */
export function contentsOf(operations: Operation[], { first, further, records }: Guides): Group[] {
  const entry = ({ id, title }: Guide): Entry => ({ id, title });
  return [
    { title: "Start", entries: [{ id: "top", title: "Overview" }, ...first.map(entry)] },
    {
      title: "Reference",
      entries: [
        ...operations.map(({ operationId, summary, method }) => ({ id: operationId, title: summary, method })),
        { id: "error-codes", title: "Error codes" },
        { id: "servers", title: "Hosts and regions" },
        { id: "security-schemes", title: "Credentials" },
      ],
    },
    { title: "Guides", entries: further.map(entry) },
    {
      title: "More",
      entries: [
        { id: "command-line", title: "Command line" },
        { id: "client-options", title: "Options of the client" },
        ...records.map(entry),
      ],
    },
  ];
}
