import { comparedCommands, type FlagHelp, type ReleasedCommand } from "./help-text.js";

/**
 * What a script of the last release loses by a change of the command line. Both are all help texts, one after another. Each
 * command is compared with itself, since a flag of one is of no use to another. Whether another wording breaks somebody, a program
 * cannot tell: see reworded-command.ts.
 * @returns a sentence for each fault
 */
export function brokenCommand(before: string, now: string): string[] {
  return comparedCommands(before, now).flatMap(([released, successor]) => {
    if (successor === undefined) return [`${released.command}: there is no such command any more.`];
    const faults = [
      ...brokenFlags(released, successor),
      ...brokenExitCodes(released, successor),
      ...brokenVariables(released, successor),
    ];
    return faults.map((fault) => `${released.command}: ${fault}`);
  });
}

function brokenFlags(before: ReleasedCommand, now: ReleasedCommand): string[] {
  const faults: string[] = [];
  for (const [name, flag] of before.flags) {
    const successor = now.flags.get(name);
    if (successor === undefined) faults.push(`there is no \`${name}\` any more.`);
    else faults.push(...brokenFlag(name, flag, successor));
  }
  for (const [name, { isRequired }] of now.flags) {
    if (isRequired && !before.flags.get(name)?.isRequired) faults.push(`\`${name}\` is required now.`);
  }
  return faults;
}

function brokenFlag(name: string, before: FlagHelp, now: FlagHelp): string[] {
  const faults: string[] = [];
  if (before.placeholder !== now.placeholder) {
    const [released, present] = [before.placeholder ?? "no value", now.placeholder ?? "no value"];
    faults.push(`\`${name}\` took ${released}, and takes ${present} now.`);
  }
  // A default may have been there all the time, and be told only now.
  if (before.defaultValue !== undefined && before.defaultValue !== now.defaultValue) {
    faults.push(`the default of \`${name}\` was ${before.defaultValue}, and is ${now.defaultValue ?? "not told"} now.`);
  }
  if (before.short !== undefined && before.short !== now.short)
    faults.push(`there is no \`${before.short}\` any more.`);
  return faults;
}

function brokenExitCodes(before: ReleasedCommand, now: ReleasedCommand): string[] {
  const codesNow = new Map([...now.exitCodes].map(([code, meaning]) => [meaning, code]));
  const faults: string[] = [];
  for (const [code, meaning] of before.exitCodes) {
    const moved = codesNow.get(meaning) ?? code;
    if (moved !== code) faults.push(`the exit code of "${meaning}" was ${code}, and is ${moved} now.`);
    else if (!now.exitCodes.has(code)) faults.push(`there is no exit code ${code} any more.`);
  }
  return faults;
}

function brokenVariables(before: ReleasedCommand, now: ReleasedCommand): string[] {
  const gone = [...before.variables].filter((name) => !now.variables.has(name));
  return gone.map((name) => `the variable ${name} is no longer named.`);
}
