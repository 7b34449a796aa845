/** What a secret is replaced by. */
export const redacted = "[redacted]";
