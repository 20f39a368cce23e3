/** What may stand in `{{…}}` in a canned answer. */
export const cannedVariables = [
  'customer.name',
  'customer.firstName',
  'agent.name',
  'agent.firstName',
  'case.number',
  'case.subject',
  'channel.name',
] as const;
export type CannedVariable = (typeof cannedVariables)[number];

/**
 * A canned answer with its blanks filled.
 *
 * @param values null or left out: it is not known, and the blank stays to be seen
 * @returns `missing`: what nobody knew, or what is no variable at all
 */
export function fillCanned(
  text: string,
  values: Partial<Record<CannedVariable, string | null>>,
): { text: string; missing: string[] } {
  const missing: string[] = [];
  const filled = text.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (blank, name: string) => {
    const value = (values as Record<string, string | null | undefined>)[name];
    if (value) return value;
    missing.push(name);
    return blank;
  });
  return { text: filled, missing };
}
