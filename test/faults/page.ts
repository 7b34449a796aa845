import { type Deviation, deviations } from "./deviations.js";
import type { End, Ending } from "./endings.js";
import { type Fault, faults } from "./table.js";

/** docs/faults.md. */
export function faultsPage(): string {
  return [introduction, ...Object.entries(faults).map(sectionOf), differencesOfRuntimes()].join("\n");
}

const introduction = `# Faults

What a call does when something between the client and the service fails. \`npm run faults\` generates this page from the table
that the tests use. \`npm test\` tries every fault with both operations, with and without retries, over a fresh and over a reused
connection, on Node, and checks that each call ends in time. \`npm run test:runtimes\` does so on Node 20, 22, 24 and 26, Bun, Deno,
workerd and Chromium. The tables show the rule. If a call ends in another way on some runtimes, its row names them, and _Where runtimes
differ_ says how.

Each cell shows the class of the error and its \`outcome\`, and \`retryable\` where an \`ApiError\` has it. The numbers
after the colon are the attempts without retries and with two, which is the default. Each attempt is one request on the wire, unless no
connection was made, no credential could be obtained, or the caller aborted before the call. See
[Errors and retries](guides/2-errors-and-retries.md) for the classes and the rules.
`;

function sectionOf([title, section]: [string, readonly Fault[]]): string {
  const rows = section.map(({ name, create, delete: remove }) => [
    withCodes(name) + remarkOf(name),
    `${endOf(create)}: ${attemptsOf(create)}`,
    `${endOf(remove)}: ${attemptsOf(remove)}`,
  ]);
  return `## ${title}\n\n${table(["Fault", "Create", "Delete"], rows)}`;
}

/** Which runtimes do not keep to the row of a fault. */
function remarkOf(fault: string): string {
  const runtimes = deviations.filter(({ faults }) => faults.includes(fault)).flatMap((one) => one.runtimes);
  const names = [...new Set(runtimes.map(titleOf))];
  return names.length > 0 ? ` (differs on ${names.join(", ")})` : "";
}

/** The name of a runtime as its users write it: `node-20` is Node 20. */
function titleOf(runtime: string): string {
  if (runtime === "workerd") return runtime;
  return (runtime.charAt(0).toUpperCase() + runtime.slice(1)).replace("-", " ");
}

/** Error codes as code, which the page links to what they mean. */
function withCodes(text: string): string {
  return text.replace(/\b(?:DBS|APIGW)\.\d+/g, "`$&`");
}

function endOf({ without, withTwo }: Ending): string {
  return [...new Set([describe(without), describe(withTwo)])].join("; with retries: ");
}

/** How many attempts there are without retries, and with two. */
function attemptsOf({ without, withTwo }: Ending): string {
  return `${without.attempts}/${withTwo.attempts}`;
}

function describe({ result, outcome, retryable }: End): string {
  const name = result.endsWith("Error") ? `\`${result}\`` : result;
  return [name, outcome, retryable && "retryable"].filter(Boolean).join(", ");
}

function differencesOfRuntimes(): string {
  const rows = deviations.map((deviation) => [
    deviation.runtimes.map(titleOf).join(", "),
    withCodes(deviation.faults.join("; ")),
    difference(deviation),
    deviation.because,
  ]);
  return `## Where runtimes differ

A create makes at most one backup on every runtime but browsers. When a reused connection closes without a response, browsers resend
the request by themselves, and nothing in a page can prevent that. With this client, Deno and Bun do the same, but only with a DELETE.

${table(["Runtime", "Faults", "What differs", "Why"], rows)}`;
}

function difference({ operation, reusedOnly, endings, sentTwice, sometimes }: Deviation): string {
  const remarks = [];
  if (sentTwice) remarks.push("The first request is sent twice");
  if (endings) remarks.push(operation ? ends(endings[operation]) : bothEnd(endings.create, endings.delete));
  if (sometimes) remarks.push(`A create sometimes ends in ${ends(sometimes)}`);
  const where = [operation && `only a ${operation}`, reusedOnly && "only over a reused connection"];
  const limits = where.filter(Boolean).join(", ");
  return remarks.join(". ") + (limits && ` (${limits})`);
}

function bothEnd(create: Ending, remove: Ending): string {
  const [ofCreate, ofDelete] = [ends(create), ends(remove)];
  return ofCreate === ofDelete ? ofCreate : `Create: ${ofCreate}. Delete: ${ofDelete}`;
}

function ends(ending: Ending): string {
  return `${endOf(ending)}, attempts ${attemptsOf(ending)}`;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |\n`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("");
}
