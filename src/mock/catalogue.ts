import { operationsOf, resolve, type Spec, type StateRule } from "../spec.js";

export interface Known {
  operationId: string;
  method: string;
  path: string;
  /** Path parameters with their documented examples. */
  parameters: Record<string, unknown>;
  /** The documented request bodies, by name. */
  requests: Record<string, unknown>;
  mediaType: string | undefined;
  success: { status: number; example: string; body: Record<string, unknown> };
  /** Every example of a failure. */
  failures: { status: number; example: string; code: string | undefined }[];
  /** The error code that fits a field. */
  codes: Record<string, string>;
  state: StateRule | undefined;
}

/** What the mock needs to know of each operation, read off the spec. */
export function catalogue(spec: Spec): Map<string, Known> {
  return new Map(
    operationsOf(spec).map(({ path, method, operation, parameters, requestBody, responses }) => {
      const examples = (content: (typeof responses)[number]["content"]) =>
        Object.entries(content?.examples ?? {}).map(
          ([name, node]) => [name, resolve(spec, node) as { value: unknown }] as const,
        );
      const success = responses.find(({ status }) => status.startsWith("2"));
      const first = examples(success?.content)[0];
      const body = requestBody && resolve(spec, requestBody.content.schema);
      const fields = [
        ...parameters.map(({ name, schema }) => [name, resolve(spec, schema)] as const),
        ...Object.entries(body?.properties ?? {}).map(([name, schema]) => [name, resolve(spec, schema)] as const),
      ];
      return [
        operation.operationId,
        {
          operationId: operation.operationId,
          method: method.toUpperCase(),
          path,
          parameters: Object.fromEntries(parameters.map(({ name, example }) => [name, example])),
          requests: Object.fromEntries(examples(requestBody?.content).map(([name, { value }]) => [name, value])),
          mediaType: requestBody?.mediaType,
          success: {
            status: Number(success?.status ?? 200),
            example: first?.[0] ?? "",
            body: (first?.[1].value ?? {}) as Record<string, unknown>,
          },
          failures: responses
            .filter(({ status }) => status >= "400")
            .flatMap(({ status, content }) =>
              examples(content).map(([example, { value }]) => ({
                status: Number(status),
                example,
                code: (value as { error_code?: string }).error_code,
              })),
            ),
          codes: Object.fromEntries(
            fields.flatMap(([name, schema]) =>
              typeof schema["x-error-code"] === "string" ? [[name, schema["x-error-code"]]] : [],
            ),
          ),
          state: operation["x-state"],
        },
      ];
    }),
  );
}
