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
    const [name = "", value = ""] = part.split("=");
    parts.set(name.trim(), value.trim());
  }
  for (const name of ["Access", "SignedHeaders", "Signature"]) {
    if (!parts.get(name)) return `must have ${name}`;
  }
  if (!/^[0-9a-f]{64}$/i.test(parts.get("Signature") ?? "")) return "must have a Signature of 64 hexadecimal digits";
  const signed = parts.get("SignedHeaders")?.toLowerCase().split(";") ?? [];
  if (!signed.includes("x-sdk-date")) return "must have x-sdk-date among its SignedHeaders";
  if (!/^\d{8}T\d{6}Z$/.test(headers["x-sdk-date"]?.trim() ?? "")) {
    return "must come with the header X-Sdk-Date in the form 20260131T093000Z";
  }
  return undefined;
}
