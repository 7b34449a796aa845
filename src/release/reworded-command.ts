import { comparedCommands, type ReleasedCommand } from "./help-text.js";

/**
 * What the help texts of the last release say, and what is not said in these words any more. It may be a clearer sentence, or another
 * unit, a value that is not accepted any more, or a key of a scenario that has another name: a person must look at it.
 * @returns a sentence for each
 */
export function rewordedCommand(before: string, now: string): string[] {
  return comparedCommands(before, now).flatMap(([released, successor]) => {
    // One that is gone is told by `brokenCommand`, and so is a flag or an exit code.
    if (successor === undefined) return [];
    const told = [...rewordedTerms(released, successor), ...lostParagraphs(released, successor)];
    return told.map((sentence) => `${released.command}: ${sentence}`);
  });
}

function rewordedTerms(before: ReleasedCommand, now: ReleasedCommand): string[] {
  const present = meaningsOf(now);
  return [...meaningsOf(before)].flatMap(([term, meaning]) => {
    const successor = present.get(term) ?? meaning;
    return successor === meaning ? [] : `${term} meant "${meaning}", and means "${successor}" now.`;
  });
}

function meaningsOf({ flags, exitCodes }: ReleasedCommand): Map<string, string> {
  return new Map([
    ...[...flags].map(([name, { meaning }]): [string, string] => [`\`${name}\``, meaning]),
    ...[...exitCodes].map(([code, meaning]): [string, string] => [`the exit code ${code}`, meaning]),
  ]);
}

function lostParagraphs(before: ReleasedCommand, now: ReleasedCommand): string[] {
  const lost = [...before.paragraphs].filter((paragraph) => !now.paragraphs.has(paragraph));
  return lost.map((paragraph) => `its help no longer says "${paragraph}"`);
}
