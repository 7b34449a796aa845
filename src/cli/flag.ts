/** A flag of a command. */
export interface Flag {
  /** Its name, without the hyphens before it. */
  readonly name: string;
  /** What `--help` shows in place of the value. A switch has none. */
  readonly placeholder?: string;
  /** What it does, for `--help`. */
  readonly about: string;
  /** Whether nothing works without it. Of an operation, `--body` may give it, too. */
  readonly isRequired?: boolean;
}

/** The placeholder of every flag that takes the name of a file. */
export const filePlaceholder = "FILE";
