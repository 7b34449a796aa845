import { isInstance } from "./untrusted.js";

/** How much may be spent on looking for the secrets of one text: its length, this many times, or `leastEffort`. In characters. */
const effortPerCharacter = 60;
const leastEffort = 60_000_000;
/** What it costs to decode anything, and to look for one secret in it, however short it is. */
const effortPerForm = 100;
const effortPerSearch = 5;
/** How many characters are searched in the time in which one is decoded. */
const searchSpeed = 10;

/** Counts what is decoded, and searched for whole secrets, because a hostile text has more forms than can be looked through in time. */
export class Effort {
  private left: number;

  constructor(text: string) {
    this.left = Math.max(leastEffort, effortPerCharacter * text.length);
  }

  /** @throws {TooMuchEffort} when nothing is left */
  spendOnDecoding(form: string): void {
    this.spend(form.length + effortPerForm);
  }

  /** @throws {TooMuchEffort} when nothing is left */
  spendOnSearch(form: string, secrets: number): void {
    this.spend(secrets * (effortPerSearch + form.length / searchSpeed));
  }

  private spend(effort: number): void {
    this.left -= effort;
    if (this.left < 0) throw new TooMuchEffort();
  }
}

class TooMuchEffort extends Error {}

/** What is shown in place of a text that cannot be searched in time. */
const unsearched = "[not shown: it has too many encodings to be searched for secrets]";

/** Redacts a text. Nothing of it is left where that would take too long. */
export function withinEffort(text: string, redactWith: (effort: Effort) => string): string {
  try {
    return redactWith(new Effort(text));
  } catch (error) {
    if (isInstance(error, TooMuchEffort)) return unsearched;
    throw error;
  }
}
