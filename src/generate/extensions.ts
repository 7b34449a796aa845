import type { StateRule } from "../description/spec.js";

/** The kind of object that an extension belongs to. */
export type Place = "error example" | "operation" | "response" | "schema" | "security scheme" | "server";

/** The keys of `x-state` are those of `StateRule`. */
type StateSchemas = { [Key in keyof StateRule]?: object };

const text = { type: "string", minLength: 1 };
const count = { type: "integer", minimum: 1 };

/** Every extension that the description may use, where it may stand and which values it takes. See docs/extensions.md. */
export const extensions: Readonly<Record<string, { place: Place; schema: object }>> = {
  "x-transient": {
    place: "error example",
    schema: {
      type: "object",
      required: ["reason"],
      additionalProperties: false,
      properties: {
        reason: { enum: ["busy", "throttled", "server", "token"] },
        wait: { type: "number", exclusiveMinimum: 0 },
      },
    },
  },
  "x-new-token": { place: "error example", schema: { const: true } },
  "x-repeat-later": { place: "error example", schema: { const: true } },
  "x-unknown-route": { place: "error example", schema: { const: true } },
  "x-error-code": { place: "schema", schema: text },
  "x-state": {
    place: "operation",
    schema: {
      type: "object",
      discriminator: { propertyName: "effect" },
      required: ["effect"],
      oneOf: [
        {
          required: ["id", "within"],
          additionalProperties: false,
          properties: {
            effect: { const: "create" },
            id: text,
            within: text,
            unique: text,
            occupies: text,
            conflict: text,
            full: text,
            busy: text,
          } satisfies StateSchemas,
        },
        {
          required: ["id", "within", "missing"],
          additionalProperties: false,
          properties: {
            effect: { const: "delete" },
            id: text,
            within: text,
            missing: text,
            busy: text,
          } satisfies StateSchemas,
        },
      ],
    },
  },
  "x-cli-name": { place: "operation", schema: { type: "string", pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" } },
  "x-iam": { place: "server", schema: { type: "string", pattern: "^https://" } },
  "x-token-request": {
    place: "security scheme",
    schema: {
      type: "object",
      required: ["path", "header", "maxBytes"],
      additionalProperties: false,
      properties: { path: { type: "string", pattern: "^/" }, header: text, maxBytes: count },
    },
  },
  "x-max-body-bytes": { place: "response", schema: count },
};
