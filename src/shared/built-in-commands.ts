/** The commands that are written by hand. No operation may have the name of one, because it would hide the other. */
export const builtInCommands = ["rotate", "mock", "help"] as const;

/** The name of one that is run: `help` only explains the others. */
export type BuiltInCommand = Exclude<(typeof builtInCommands)[number], "help">;
