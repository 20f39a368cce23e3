import type { PoolClient, QueryResultRow } from 'pg';

/**
 * A statement that each connection prepares once and then only executes: parsing and planning cost more than most
 * writes do.
 *
 * @param name unique in the process; PostgreSQL knows the statement by it
 * @returns runs it on a client and gives the rows
 */
export function prepared<Row extends QueryResultRow>(name: string, text: string) {
  return async (client: PoolClient, values: unknown[]): Promise<Row[]> =>
    (await client.query<Row>({ name, text, values })).rows;
}
