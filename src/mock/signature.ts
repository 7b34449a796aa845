import { signatureScheme } from "../client/auth/signature.js";

/**
 * What is wrong with an `Authorization` header, for a service that takes signatures by access key. Whether the signature
 * is right cannot be told, since the mock knows no secret key.
 * @returns undefined where it is well formed
 */
export function signatureFault(headers: Readonly<Record<string, string>>): string | undefined {
  const [scheme, ...rest] = (headers.authorization ?? "").trim().split(/\s+/);
  if (scheme !== signatureScheme) return `must have the scheme ${signatureScheme}`;
  const parts = new Map<string, string>();
  for (const part of rest.join(" ").split(",")) {
    const [name = "", value = ""] = part.split("=").map((text) => text.trim());
    if (parts.has(name)) return `must have one ${name}`;
    parts.set(name, value);
  }
  for (const name of ["Access", "SignedHeaders", "Signature"]) {
    if (!parts.get(name)) return `must have ${name}`;
  }
  if (!/^[0-9a-f]{64}$/i.test(parts.get("Signature") ?? "")) return "must have a Signature of 64 hexadecimal digits";
  const signed = parts.get("SignedHeaders")?.toLowerCase().split(";") ?? [];
  if (!signed.includes("x-sdk-date")) return "must have x-sdk-date among its SignedHeaders";
  if (!isBasicDate(headers["x-sdk-date"] ?? "")) {
    return "must come with the header X-Sdk-Date in the form 20260131T093000Z";
  }
  const absent = signed.find((name) => !Object.hasOwn(headers, name) && !setBySender.has(name));
  return absent === undefined ? undefined : `must come with the headers that it signs, and ${absent} is not there`;
}

/** The program that sends a request sets these headers, so `mock.fetch` does not get them. */
const setBySender = new Set(["host", "content-length"]);

function isBasicDate(text: string): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text.trim()) ?? [];
  const date = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = Date.parse(date);
  // Date.parse takes 31 February for a day in March.
  return !Number.isNaN(time) && new Date(time).toISOString() === date;
}
