import { subset } from "semver";
import type { PublicManifest, Ranges } from "./manifest.js";

/** What users of the last release lose by a change of package.json. A sentence for each fault. */
export function brokenManifest(before: PublicManifest, now: PublicManifest): string[] {
  const faults = [
    ...brokenType(before, now),
    ...brokenExports(before, now),
    ...brokenCommands(before, now),
    ...brokenEngines(before, now),
    ...brokenPeers(before, now),
  ];
  return faults.map((fault) => `package.json: ${fault}`);
}

/** Whoever installs the package gets these, too, with what they may do on the machine. A sentence for each that is new. */
export function addedDependencies(
  { dependencies: before = {} }: PublicManifest,
  { dependencies: now = {} }: PublicManifest,
): string[] {
  const names = Object.keys(now).filter((name) => before[name] === undefined);
  return names.map((name) => `package.json: it brings along ${name} now.`);
}

/** Node reads all files of the package as the other kind of modules. */
function brokenType(
  { type: before = "commonjs" }: PublicManifest,
  { type: now = "commonjs" }: PublicManifest,
): string[] {
  return before === now ? [] : [`its modules were ${before}, and are ${now} now.`];
}

function brokenExports(before: PublicManifest, now: PublicManifest): string[] {
  const faults: string[] = [];
  for (const [entry, target] of Object.entries(before.exports)) {
    const successor = now.exports[entry];
    if (successor === undefined) faults.push(`there is no entry ${entry} any more.`);
    else {
      const gone = conditionsOf(target).filter((condition) => !conditionsOf(successor).includes(condition));
      faults.push(...gone.map((condition) => `the entry ${entry} has no condition ${condition} any more.`));
    }
  }
  return faults;
}

function conditionsOf(target: PublicManifest["exports"][string]): string[] {
  return typeof target === "string" ? ["default"] : Object.keys(target);
}

function brokenCommands({ bin: before = {} }: PublicManifest, { bin: now = {} }: PublicManifest): string[] {
  const gone = Object.keys(before).filter((name) => now[name] === undefined);
  return gone.map((name) => `there is no command ${name} any more.`);
}

function brokenEngines({ engines: before = {} }: PublicManifest, { engines: now = {} }: PublicManifest): string[] {
  return [...narrowed(before, now), ...added(before, now)];
}

/** A peer that is optional may be missing. Where it is there, its version must fit like that of any other. */
function brokenPeers(before: PublicManifest, now: PublicManifest): string[] {
  const { peerDependencies: released = {} } = before;
  const { peerDependencies: present = {} } = now;
  return [...narrowed(released, present), ...added(requiredPeers(before), requiredPeers(now))];
}

function requiredPeers({ peerDependencies = {}, peerDependenciesMeta = {} }: PublicManifest): Ranges {
  const peers = Object.entries(peerDependencies);
  return Object.fromEntries(peers.filter(([name]) => !peerDependenciesMeta[name]?.optional));
}

/** Ranges that no longer accept what they accepted. */
function narrowed(before: Ranges, now: Ranges): string[] {
  const faults: string[] = [];
  for (const [name, range] of Object.entries(before)) {
    const successor = now[name];
    if (successor !== undefined && !subset(range, successor)) {
      faults.push(`${name} could be ${range}, and must be ${successor} now.`);
    }
  }
  return faults;
}

/** Requirements that are new. */
function added(before: Ranges, now: Ranges): string[] {
  const entries = Object.entries(now).filter(([name]) => before[name] === undefined);
  return entries.map(([name, range]) => `${name} could be missing, and must be ${range} now.`);
}
