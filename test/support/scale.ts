/** `npm run test:all` does everything at full size; `npm test` does less of what takes long. */
export const isFullRun = process.env.TEST_ALL !== undefined;

/** How often to do something. */
export function times(usually: number, inFullRun: number): number {
  return isFullRun ? inFullRun : usually;
}
