/**
 * A credential and what it consists of, such as the word behind "Basic", which is not decoded, or the cookies of a Cookie: a
 * server may repeat a part alone. Parts that may also occur by chance are left out.
 */
export function partsOf(credential: string): string[] {
  const items = credential.split(/[\s,]+/).filter((item) => !/^signedheaders=/i.test(item));
  const words = items.flatMap((item) => item.split(";"));
  // As a whole as well, because the "=" may be the end of something in base64.
  return [credential, ...words, ...words.map((word) => word.slice(word.indexOf("=") + 1))].filter(isLong);
}

/** Whether a secret is too long to occur in a text by chance. A shorter one is only replaced where it stands alone. */
export function isLong(secret: string): boolean {
  return secret.length >= 8;
}
