import type { Example, Spec } from "../../description/spec.js";
import type { Use } from "./extension-uses.js";
import { placeName } from "./place-name.js";

/** An error example has at most one of these extensions; otherwise client and reference would follow different ones. */
export function repetitionFaults(spec: Spec, uses: Use[]): string[] {
  const examples = new Map(uses.map(({ holder, path }) => [holder as Example, placeName(spec, path)]));
  return [...examples].flatMap(([example, place]) => faultsOf(example).map((fault) => `${place}: ${fault}`));
}

function faultsOf(example: Example): string[] {
  const { "x-transient": transient, "x-new-token": newToken, "x-repeat-later": repeatLater } = example;
  const needsToken = transient?.reason === "token";
  if (needsToken && !newToken) return ["x-transient.reason is token, which needs x-new-token. Add it."];
  const ways = [
    ...(transient && !needsToken ? ["x-transient"] : []),
    ...(newToken ? ["x-new-token"] : []),
    ...(repeatLater ? ["x-repeat-later"] : []),
  ];
  return ways.length < 2 ? [] : [`${ways.join(" and ")} contradict each other. Leave only one of them.`];
}
