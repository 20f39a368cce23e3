/**
 * Names two cases or two customers whatever their order. One row of `suggestions` has it, for ever: what was dismissed,
 * or joined and undone, is found by it again.
 */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}:${b}` : `${b}:${a}`;
}
