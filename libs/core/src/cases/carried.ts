/**
 * What counts as work that somebody has on his desk, as SQL.
 *
 * @param alias of `cases`
 * @param now SQL for the moment, so that what is snoozed counts again from then on
 */
export function carried(alias: string, now: string): string {
  return `${alias}.status = 'open' AND ${alias}.merged_into_id IS NULL
     AND (${alias}.snoozed_until IS NULL OR ${alias}.snoozed_until <= ${now})`;
}
