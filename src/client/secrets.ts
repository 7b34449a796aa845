import { isLong, partsOf } from "./credential-parts.js";
import { redactQuery } from "./query.js";
import { redactCutSpellings, redactSpellings } from "./redact.js";
import { soundsSecret } from "./secret-names.js";
import { type Spelling, spellingsOf } from "./spellings.js";

/** The secrets of one call, which are taken out of whatever comes back. */
export class Secrets {
  /** What `auth` gave, of any length. */
  private readonly credentials = new Set<string>();
  /** What stands in the caller's headers and query under a name that sounds secret. It need not be a secret. */
  private readonly suspects = new Set<string>();
  /** How they can be spelled, until another one is added. */
  private spelled: { all: readonly Spelling[]; long: readonly Spelling[] } | undefined;

  /** Remembers a credential, also one that will be refused and replaced. */
  addCredential(values: Iterable<string>): void {
    for (const value of values) this.credentials.add(value);
    this.spelled = undefined;
  }

  /** Remembers the headers or query parameters whose names sound secret, as a whole and in part, unless that is short. */
  addSuspects(entries: Iterable<[name: string, value: string]>): void {
    for (const [name, value] of entries) {
      if (!soundsSecret(name)) continue;
      for (const part of partsOf(value)) this.suspects.add(part);
    }
    this.spelled = undefined;
  }

  /** For messages, hooks and failed responses: takes every secret out of a text. */
  redact(text: string): string {
    return redactSpellings(text, this.spellings.all);
  }

  /** The same for a URL of a hook: what stands in its query under a name that sounds secret is hidden, whatever its length. */
  redactUrl(url: string): string {
    return this.redact(redactQuery(url));
  }

  /** The same for a text that may end in the middle of a secret. */
  redactCut(text: string): string {
    return redactCutSpellings(text, this.spellings.all);
  }

  /**
   * For successful responses: takes out credentials that are too long to be there by chance. The ID of a backup must stay
   * whole, even if it is that short, or the value of a header whose name sounds secret.
   */
  redactData(text: string): string {
    return redactSpellings(text, this.spellings.long);
  }

  private get spellings() {
    this.spelled ??= {
      all: spellingsOf([...this.credentials, ...this.suspects]),
      long: spellingsOf([...this.credentials].filter(isLong)),
    };
    return this.spelled;
  }
}
