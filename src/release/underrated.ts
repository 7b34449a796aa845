import type { ReportedChange } from "./diff-report.js";
import type { Impact } from "./impact.js";

/** A kind of change that callers feel more than `redocly diff` tells. */
interface Rule {
  /** The least that it asks of the version. */
  readonly least: Impact;
  readonly applies: (change: ReportedChange) => boolean;
}

const rules: readonly Rule[] = [
  // A response may lack a header that it always had.
  {
    least: "major",
    applies: ({ typeName, property, revision }) =>
      typeName === "Header" && property === "required" && revision?.value !== true,
  },
  // Whoever names no region, and takes what the description gives, calls another host.
  { least: "major", applies: ({ typeName, property }) => typeName === "ServerVariable" && property === "default" },
  // Callers name regions. Each other change of the list is one region more.
  { least: "major", applies: (change) => isListOfServer(change) && hasLost(change) },
  { least: "minor", applies: isListOfServer },
  // Tools find the next call by a link.
  { least: "major", applies: (change) => isPartOfLink(change) && change.kind !== "added" && !isProse(change) },
  // What the client and the command do follows from extensions, such as when a call is repeated (`x-transient`).
  { least: "minor", applies: ({ typeName, property }) => typeName === "SpecExtension" || isExtension(property) },
  // The answers in callers' own tests may fit no longer. What makes answers less certain is rated as a break by Redocly.
  { least: "minor", applies: (change) => isPartOfAnswer(change) && change.typeName === "Schema" && !isProse(change) },
  // A request that leaves a property out asks for something else.
  { least: "minor", applies: ({ typeName, property }) => typeName === "Schema" && property === "default" },
];

/** What a change asks of the version at least, by each rule that applies. */
export function leastImpacts(change: ReportedChange): Impact[] {
  return rules.filter(({ applies }) => applies(change)).map(({ least }) => least);
}

function isListOfServer({ typeName, property }: ReportedChange): boolean {
  return typeName === "ServerVariable" && property === "enum";
}

function hasLost({ base, revision }: ReportedChange): boolean {
  const now = listOf(revision?.value);
  return listOf(base?.value).some((value) => !now.includes(value));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isPartOfLink({ typeName }: ReportedChange): boolean {
  return typeName === "Link" || typeName === "LinksMap";
}

function isPartOfAnswer({ path }: ReportedChange): boolean {
  return path.includes("/responses/");
}

/** Keys whose values are for people. */
const proseKeys = ["description", "summary", "title", "example", "examples"];

function isProse({ property }: ReportedChange): boolean {
  return property !== undefined && proseKeys.includes(property);
}

function isExtension(property = ""): boolean {
  return property.startsWith("x-");
}
