/** What the exit code of a command means. Scripts rely on the numbers, so they never change. */
export const exitCodes = {
  done: 0,
  refused: 1,
  usage: 2,
  unknown: 3,
  credentials: 4,
  deleteLater: 5,
  tryLater: 75,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit codes in words, for `--help`. */
export const exitCodeWords: readonly (readonly [code: ExitCode, meaning: string])[] = [
  [exitCodes.done, "done"],
  [exitCodes.refused, "refused by the service, or gone already; the message has the reason"],
  [exitCodes.usage, "wrong usage or input, or a certificate not accepted; nothing was sent"],
  [exitCodes.unknown, "unknown: no response shows what happened, so it may have been carried out"],
  [exitCodes.credentials, "credentials are missing, or the service does not accept them"],
  [exitCodes.deleteLater, "rotate made a backup, but could not delete an older one yet; the next run tries again"],
  [exitCodes.tryLater, "still busy, throttled or unreachable after the last retry; try later"],
  [exitCodes.interrupted, "interrupted (SIGINT)"],
  [exitCodes.terminated, "terminated (SIGTERM)"],
];
