/** Whether a header says nothing, also where it was repeated: the values are then joined by commas. */
export function isEmptyHeader(value: string): boolean {
  return /^[\s,]*$/.test(value);
}
