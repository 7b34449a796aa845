/** What a command works with besides its arguments. A process is one; tests give their own. */
export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Listens for the signals of the operating system that end a command. */
  once(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  on(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
  off(signal: "SIGINT" | "SIGTERM", listener: () => void): unknown;
}
