import { parse } from "yaml";
import { type Document, documents, errorsOf, read } from "./transcript.js";

/** Each sentence with its source, by the places where it stands. */
export const sentenceGroups: { at: string | string[]; says: Record<string, string>[] }[] = parse(
  read("sentences.yaml"),
);
/** The sentences that the description and the workflow must consist of, by place and in their order. */
export function expectedSentences(): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  for (const { at, says } of sentenceGroups) {
    const added = says.flatMap((sentence) => Object.values(sentence));
    for (const place of [at].flat().flatMap(places)) result[place] = [...(result[place] ?? []), ...added];
  }
  return result;
}

/**
 * The places that a path of the transcript stands for:
 * - `*` is each operation.
 * - `{any}` is each of its statuses, `{failure}` each of those of a failure.
 * - `{failure of the service}`, `{… the gateway}` and `{… both}` are the failure statuses of those senders alone.
 * - `code DBS.1/…` is the example of that code wherever it stands, `code DBS.1@502/…` the one under that status.
 */
export function places(path: string): string[] {
  const [, code, status, rest] = /^code ([^@/]+)(?:@(\d+))?\/(.*)$/.exec(path) ?? [];
  if (code) {
    const found = documents.flatMap((document) =>
      examplesOf(document)
        .filter((example) => example.code === code && (status === undefined || example.status === status))
        .map(
          (example) =>
            `${document.operation}/responses/${example.status}/content/application/json/examples/${code}/${rest}`,
        ),
    );
    if (found.length === 0) throw new Error(`The transcript speaks of ${path}, which no document has.`);
    return found;
  }
  if (!path.startsWith("*")) return [path];
  return documents.flatMap((document) => {
    const own = path.replace("*", document.operation);
    const [placeholder] = /\{(?:any|failure[^}]*)\}/.exec(own) ?? [];
    if (!placeholder) return [own];
    return statusesOf(document, placeholder).map((status) => own.replace(placeholder, status));
  });
}

/** The examples of failures of an operation: its error codes, and the body of IAM, which has none. */
export function examplesOf(document: Document): { status: string; code: string }[] {
  return [...errorsOf(document), { status: "401", code: "iam.401" }];
}

function statusesOf(document: Document, placeholder: string): string[] {
  const failures = [...new Set(errorsOf(document).map(({ status }) => status))];
  /** Who answers with a status. IAM answers 401 as well, so that status has a body of its own. */
  const senders = (status: string) => {
    const codes = errorsOf(document).filter((error) => error.status === status);
    if (status === "401") return "gateway and IAM";
    if (codes.every(({ code }) => code.startsWith("DBS."))) return "service";
    return codes.every(({ code }) => code.startsWith("APIGW.")) ? "gateway" : "both";
  };
  switch (placeholder) {
    case "{any}":
      return [String(document.response.status), ...failures];
    case "{failure}":
      return failures;
    case "{failure of the service}":
      return failures.filter((status) => senders(status) === "service");
    case "{failure of the gateway}":
      return failures.filter((status) => senders(status) === "gateway");
    case "{failure of both}":
      return failures.filter((status) => senders(status) === "both");
    default:
      throw new Error(`The transcript uses ${placeholder}, which is unknown.`);
  }
}
