import type { Server, Spec } from "./spec.js";

/** The regions that a server lists. */
export function regionsOf({ variables }: Server): string[] {
  return variables?.region?.enum ?? [];
}

/** The port of the server on this machine, at which the mock listens. Undefined where the description has none. */
export function mockPortOf({ servers }: Spec): number | undefined {
  const addresses = servers.map(({ url, variables = {} }) =>
    url.replace(/\{([^}]*)\}/g, (_, name: string) => variables[name]?.default ?? ""),
  );
  const port = addresses.map((address) => /^http:\/\/127\.0\.0\.1:(\d+)/.exec(address)?.[1]).find(Boolean);
  return port === undefined ? undefined : Number(port);
}
