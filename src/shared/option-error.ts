/** An option that is not allowed. The command, whose flags give the options, says the reason of the flag. */
export class OptionError extends TypeError {
  readonly option: string;
  /** The end of a sentence that begins with the option. */
  readonly reason: string;

  /** @param owner how the message names what has the option */
  constructor(owner: string, option: string, reason: string) {
    super(`${owner} ${option} ${reason}`);
    this.option = option;
    this.reason = reason;
  }
}
