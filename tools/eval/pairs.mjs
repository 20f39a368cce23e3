/** Text and name pairs. */
export async function comparePairs() {
  return {};
}
