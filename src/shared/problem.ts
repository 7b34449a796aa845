/** A problem that the reader can fix, such as an invalid description. It is printed without a stack. */
export class Problem extends Error {
  override name = "Problem";
}
