import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { documentedErrors, documents, parametersOf } from "../support/transcript.js";
import { documentedServers, fieldsOf } from "../support/transcript-facts.js";

const reference = readFileSync(new URL("../../generated/reference.md", import.meta.url), "utf8");
const section = (title: string) =>
  reference.split(/^## /m).find((text) => text.replace(/^<a [^>]*><\/a>/, "").startsWith(title)) ?? "";
const rows = section("Error codes")
  .split("\n")
  .filter((line) => line.startsWith("| <a "))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| /, "").trim()));
const row = (code: string, status: string) =>
  rows.find((cells) => cells[0]?.includes(`\`${code}\``) && cells[1] === status);

/** The part of the reference about an operation. */
const partOf = (operation: string) =>
  reference.split(/^## /m).find((text) => text.includes(`(\`${operation}\`)`)) ?? "";

/** The rows of the tables about parameters and bodies, by place and name, such as `response 202: job_id`. */
function fieldRows(part: string): Record<string, Record<string, string>> {
  const rows: Record<string, Record<string, string>> = {};
  let places: string[] = [];
  let object = "";
  let columns: string[] = [];
  for (const line of part.split("\n")) {
    const [, heading] = /^### (?:<a id="[^"]+"><\/a>)?([^(]*)/.exec(line) ?? [];
    // Below "Failures", the body of each kind is named with the statuses that have it.
    const [, statuses] = /^\*\*`\w+`\*\* \((.*?)\):/.exec(line) ?? [];
    const [, inside] = /^\*\*`([^`]+)`\*\*$/.exec(line) ?? [];
    if (heading !== undefined) places = [heading.trim().toLowerCase()];
    if (statuses !== undefined) places = statuses.split(", ").map((status) => `response ${status}`);
    if (heading !== undefined || statuses !== undefined) object = "";
    if (inside !== undefined) object = `${inside}.`;
    const cells = line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim());
    if (line.startsWith("| Name ")) columns = cells;
    if (!line.startsWith("|")) columns = line === "" ? [] : columns;
    if (!line.startsWith("| `") || columns.length === 0) continue;
    const row = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
    for (const place of places) rows[`${place}: ${object}${row.Name?.replaceAll("`", "")}`] = row;
  }
  return rows;
}

/** A delete may be repeated whatever happened, a create may not. */
const safeOnly = (() => {
  const namesOf = (isSafe: boolean) => {
    const found = documents.filter(({ uri }) => /^(POST|PATCH) /.test(uri) !== isSafe);
    return found.map(({ operation }) => `\`${operation}\``).join(", ");
  };
  return `${namesOf(true)}: yes. ${namesOf(false)}: check the outcome first.`;
})();

describe("the reference", () => {
  it.each(documentedErrors)(
    "lists $status $code with its meaning, what to do and its message",
    ({ status, code, error_msg }) => {
      const [, , meaning = "", advice = "", , , message = ""] = row(code, status) ?? [];
      expect(meaning.length).toBeGreaterThan(10);
      expect(advice.length).toBeGreaterThan(10);
      expect(message).toContain(error_msg);
    },
  );

  it("lists nothing else but the error of IAM", () => {
    expect(rows).toHaveLength(documentedErrors.length + 1);
  });

  it.each([
    ["DBS.200019", "403", "Yes, after 10 s or more. Nothing was started."],
    ["APIGW.0308", "429", "Yes, after 2 s or more. Nothing was started."],
    ["DBS.280005", "500", safeOnly],
    ["APIGW.0201", "502", safeOnly],
    ["APIGW.0201", "413", "No."],
    ["APIGW.0301", "401", "Yes, with new credentials."],
    ["APIGW.0307", "401", "Yes, with new credentials."],
    ["DBS.280056", "403", "Yes, with new credentials."],
    ["iam.401", "401", "Yes, with new credentials."],
    ["DBS.201014", "403", "Later."],
    ["DBS.200001", "400", "No."],
  ])("says of %s with %s whether to repeat the request: %s", (code, status, repeat) => {
    expect(row(code, status)?.[4]).toEqual(repeat);
  });

  it('never says "no" beside an advice to wait or to repeat', () => {
    const contradictions = rows.filter(
      ([, , , advice = "", repeat]) => repeat === "No." && /wait|repeat/i.test(advice),
    );
    expect(contradictions).toEqual([]);
  });

  it("has an anchor for each code, once, and each link leads to one", () => {
    const anchors = [...reference.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    expect(new Set(anchors).size).toBe(anchors.length);
    for (const { code } of documentedErrors) expect(anchors).toContain(code);
    const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(60);
    for (const link of links) expect(anchors).toContain(link);
  });

  it.each(documents)("says of each field of $operation whether it is mandatory", (document) => {
    const wanted = fieldsOf(document).map(({ place, name, isMandatory }) => [
      `${place}: ${name}`,
      isMandatory ? "yes" : "no",
    ]);
    const found = Object.entries(fieldRows(partOf(document.operation))).map(([field, row]) => [field, row.Mandatory]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
    expect(new Set(wanted.map(([, mandatory]) => mandatory))).toEqual(new Set(["yes", "no"]));
  });

  it.each(documents)("says where each parameter of $operation travels, with the document's example", (document) => {
    const rows = fieldRows(partOf(document.operation));
    const parameters = parametersOf(document);
    for (const { name, in: place, example } of parameters)
      expect(rows[`parameters: ${name}`]).toMatchObject({ In: place, Example: `\`${example}\`` });
    expect(parameters.length).toBeGreaterThan(0);
  });

  it("names the hosts, their regions and the IAM of the same region", () => {
    const servers = documentedServers();
    const paragraphs = section("Servers").split("\n\n");
    for (const { url, iam, preset, regions } of servers) {
      const told = paragraphs.find((text) => text.startsWith(`**\`${url}\`**`)) ?? "";
      const [, ofIam] = /^- IAM of the same region: `(.*)`$/m.exec(told) ?? [];
      const [, list = ""] = /One of (.*?)\. Default/.exec(told) ?? [];
      expect(ofIam, url).toBe(iam);
      expect(list.match(/[\w-]+/g) ?? [], url).toEqual(regions);
      expect(told, url).toContain(`Default \`${preset}\`.`);
    }
    expect(servers.filter(({ iam }) => iam !== undefined)).toHaveLength(2);
  });

  it("names the header of each credential", () => {
    const told = [...section("Security schemes").matchAll(/^\*\*(\w+)\*\*: header `([^`]+)`/gm)];
    expect(told.map(([, scheme, header]) => [scheme, header])).toEqual([
      ["token", "X-Auth-Token"],
      ["signature", "Authorization"],
    ]);
  });

  it('explains what "later" and "no" mean for whoever repeats a request', () => {
    const words = section("Error codes");
    expect(words).toMatch(
      /“Later” means that something else has to change first[^.]* the client does not wait for it\./,
    );
    expect(words).toContain("“No” means that the request or the account has to be changed.");
  });

  it.each(["Create a manual backup", "Delete a manual backup"])(
    "%s: a failure links to the row of its own status",
    (title) => {
      for (const status of ["502", "504"]) {
        const line = section(title)
          .split("\n")
          .find((text) => text.startsWith(`- **${status}**`));
        expect(line).toContain(`[\`APIGW.0201\`](#APIGW.0201-${status})`);
      }
    },
  );

  it.each(["Create a manual backup", "Delete a manual backup"])(
    "%s: shows the header x-request-id and the key request_id",
    (title) => {
      expect(section(title).match(/^\| `x-request-id` /gm)).toHaveLength(2);
      expect(section(title)).toMatch(/^\| `request_id` /m);
    },
  );
});

it("has whatever the guides and the README link to", () => {
  const guides = new URL("../../docs/guides/", import.meta.url);
  const files = [
    ...readdirSync(guides).map((name) => new URL(name, guides)),
    new URL("../../README.md", import.meta.url),
  ];
  const headings = [...reference.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .replace(/<[^>]+>|[^\w\s-]/g, "")
      .toLowerCase()
      .replace(/\s/g, "-"),
  );
  const anchors = [...reference.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  const linked = files.flatMap((file) => [
    ...readFileSync(file, "utf8").matchAll(/generated\/reference\.md#([^)]+)\)/g),
  ]);
  expect(linked.length).toBeGreaterThan(3);
  for (const [, target] of linked) expect([...headings, ...anchors]).toContain(target);
});
