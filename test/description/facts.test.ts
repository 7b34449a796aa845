import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checks, description, descriptionOf } from "../support/description.js";
import { type Node, readFacts } from "../support/facts.js";
import { root } from "../support/project.js";
import { beyond, bundle, creating, deleting, documents, errata } from "../support/transcript.js";
import { expectedFacts } from "../support/transcript-facts.js";

const compare = (bundle: Node) => checks["the facts of the transcript"](descriptionOf(description.files, bundle));

describe("the description and the transcript of the documents", () => {
  it("state the same facts, in both directions", () => {
    expect(compare(bundle)).toEqual([]);
    expect(Object.keys(expectedFacts()).length).toBeGreaterThan(300);
  });

  it("name the item of a list that differs, and no other", () => {
    const copy = structuredClone(bundle);
    const [server] = copy.servers as { variables: { region: { enum: string[] } } }[];
    server?.variables.region.enum.push("xx-nowhere-1");
    expect(compare(copy)).toEqual([
      'not in the transcript: servers/https://gaussdb-nosql.{region}.myhuaweicloud.com/variables/region/enum/xx-nowhere-1 = "xx-nowhere-1"',
      'not in the transcript: servers/https://gaussdb-nosql.{region}.myhuaweicloud.com/variables/region/enum/xx-nowhere-1/after = "tr-west-1"',
    ]);
  });

  it("differ where something is added beside a reference, or a call is allowed without credentials", () => {
    const copy = structuredClone(bundle);
    const { ServiceError } = (copy.components as { schemas: { ServiceError: { properties: Node } } }).schemas;
    Object.assign(ServiceError.properties.error_code as Node, { maxLength: 3 });
    (copy.security as Node[]).push({});
    expect(compare(copy)).toContain("not in the transcript: security/2 = {}");
    expect(compare(copy).filter((line) => line.endsWith("error_code/maxLength = 3")).length).toBeGreaterThan(0);
  });

  it("differ where another component stands, or none, although the bodies are the same", () => {
    const copy = structuredClone(bundle);
    const { InternalServerError } = (copy.components as { responses: { InternalServerError: Node } }).responses;
    const media = (InternalServerError.content as { "application/json": Node })["application/json"];
    media.schema = { $ref: "#/components/schemas/GatewayError" };
    const at = "createManualBackup/responses/500/content/application/json/schema/$ref";
    expect(compare(copy)).toContain(`different: ${at} is "GatewayError", transcribed as "ServiceError"`);
    media.schema = (bundle.components as { schemas: Node }).schemas.ServiceError as Node;
    expect(compare(copy)).toContain(`missing: ${at} = "ServiceError"`);
  });

  it.each(documents)("$document: agree on the kinds of instances", ({ operation, instances }) => {
    const text = (readFacts(bundle).texts[`${operation}/description`] ?? []).join(" ");
    expect([...new Set(text.match(/GeminiDB [A-Z][a-z]+/g))].sort()).toEqual([...instances].sort());
  });

  it("agree on the permissions", () => {
    const { texts } = readFacts(bundle);
    const { action = "", alias = "", "access level": level = "" } = deleting.authorization ?? {};
    expect([action, alias, level]).not.toContain("");
    const [create, remove] = [creating, deleting].map(({ operation }) => texts[`${operation}/description`]?.join(" "));
    for (const word of [action, alias, level]) expect(remove).toContain(word);
    // The document has a hyphen for each.
    expect(deleting.authorization).toMatchObject({ "resource type": "-", "condition key": "-" });
    expect(remove).toContain("The action has neither a resource type nor a condition key");
    for (const word of [action, alias]) {
      expect(create).toContain(word.replace("deleteBackup", "createBackup").replace(":delete", ":create"));
    }
  });
});

describe("what no schema can state", () => {
  const schema = "createManualBackup/requestBody/content/application/json/schema/properties";
  const body = creating["body parameters"] ?? {};
  const table = creating.objects?.DatabaseTableInfo ?? {};
  const textOf = (place: string) => (readFacts(bundle).texts[`${schema}/${place}/description`] ?? []).join(" ");
  const constraintsOf = (name: string) => {
    const constraints = body[name]?.constraints;
    return typeof constraints === "object" ? constraints : {};
  };

  it.each([
    ["database_tables", "database_tables", body.database_tables, "blank", "not blank"],
    ["table_names", "database_tables/items/properties/table_names", table.table_names, "empty", "not empty"],
  ])(
    "stands in the prose: which kind of backup %s makes when it is left out, and which otherwise",
    (_, place, cell, without, otherwise) => {
      const { [without]: all = "", [otherwise]: part = "" } = typeof cell?.values === "object" ? cell.values : {};
      const [, whole] = /\bempty, the whole (\w+) is backed up\./.exec(textOf(place)) ?? [];
      expect(all).toBe(`${whole} backup`);
      const [, parts = ""] = /Otherwise only the listed ([a-z ]+) are backed up\./.exec(textOf(place)) ?? [];
      expect(part).toBe(
        parts
          .split(" and ")
          .map((plural) => `${plural.replace(/s$/, "")} backup`)
          .join(" or "),
      );
    },
  );
  it("stands in the prose: which instances have tables, and that upper and lower case differ", () => {
    expect(textOf("database_tables")).toContain(`for ${constraintsOf("database_tables")["only for"]} only.`);
    const says = /upper and lower case count as (different|the same)/.exec(textOf("name"))?.[1];
    expect(says).toBe(constraintsOf("name")["case sensitive"] ? "different" : "the same");
  });
  it("has no default: the documents name none, and the description states none", () => {
    for (const document of documents) {
      const { "path parameters": path, "query parameters": query, "header parameters": header, response } = document;
      const tables = [
        path,
        query,
        header,
        document["body parameters"],
        response.parameters,
        ...Object.values(document.objects ?? {}),
      ];
      const cells = tables.flatMap((one) => Object.entries(one ?? {}));
      expect(cells.length).toBeGreaterThan(3);
      for (const [name, cell] of cells) expect(cell.default ?? "N/A", name).toBe("N/A");
    }
    const { servers: _, ...rest } = bundle;
    expect(JSON.stringify(rest)).not.toContain('"default":');
  });
});

describe("the transcript", () => {
  it("is of the editions that the errata name", () => {
    const [start = ""] = readFileSync(join(root, "docs/errata.md"), "utf8").split("\n## ");
    for (const { document, updated } of [creating, deleting])
      expect(start.replace(/\s+/g, " ")).toContain(`_${document}_ (updated ${updated})`);
  });
  it.each(beyond)("supports what goes beyond the documents by $erratum of the errata, with a source", ({ erratum }) => {
    const entry = errata(erratum);
    expect(entry, `docs/errata.md has no entry ${erratum}`).toBeDefined();
    if (erratum !== "E13") expect(entry).toMatch(/Source: [A-Z]/);
  });

  it("has the printed example as the document has it, with a name that the document itself forbids", () => {
    expect(JSON.parse(creating.examples.request ?? "").name).toContain(" ");
  });
});
