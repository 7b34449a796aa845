import { mockPortOf, regionsOf } from "../../description/servers.js";
import type { Server, Spec } from "../../description/spec.js";
import { duplicatesIn } from "../../shared/duplicates.js";

const file = "openapi/openapi.yaml";

/** What the client cannot read, and the pages cannot show, of the servers, a sentence each. */
export function serverFaults(spec: Spec): string[] {
  return [
    ...spec.servers.flatMap((server) => [...wordFaults(server), ...regionFaults(server)]),
    ...repeatedRegions(spec),
    ...mockFaults(spec),
  ];
}

function wordFaults({ url, description, variables = {} }: Server): string[] {
  const place = `${file}, server ${url}`;
  const bare = Object.entries(variables).filter(([, variable]) => !variable.description);
  return [
    ...(description ? [] : [`${place}: it has no description. The pages show it: add one.`]),
    ...bare.map(([name]) => `${place}: the variable ${name} has no description. The pages show it: add one.`),
  ];
}

function variablesIn(url: string): string[] {
  return [...url.matchAll(/\{([^}]*)\}/g)].map(([, name = ""]) => name);
}

/** The client fills in the region, and nothing else. */
function regionFaults(server: Server): string[] {
  const { url, "x-iam": iam } = server;
  const place = `${file}, server ${url}`;
  if (regionsOf(server).length === 0) {
    if (iam === undefined) return [];
    return [
      `${place}: x-iam has no effect, because the server has no list of regions. Leave it out, or add the variable region.`,
    ];
  }
  if (iam === undefined)
    return [`${place}: it has regions but no x-iam, so that no token can be obtained there. Add the address of IAM.`];
  return Object.entries({ url, "x-iam": iam }).flatMap(([key, address]) =>
    variablesIn(address)
      .filter((name) => name !== "region")
      .map((name) => `${place}: ${key} contains {${name}}, but only {region} is filled in. Leave out {${name}}.`),
  );
}

function repeatedRegions(spec: Spec): string[] {
  const repeated = duplicatesIn(spec.servers.flatMap(regionsOf));
  return repeated.map((region) => `${file}: the region ${region} is listed twice. Each belongs to one server.`);
}

function mockFaults(spec: Spec): string[] {
  if (mockPortOf(spec) !== undefined) return [];
  return [
    `${file}: no server is at 127.0.0.1 with a port. The mock listens there, and the pages name it: add one such as http://127.0.0.1:4010.`,
  ];
}
