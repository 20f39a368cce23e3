import type { EntityManager } from 'typeorm';

// Set-based: a tag may stand on tens of thousands of cases.

/** Cases at a time. */
const batchSize = 500;

interface RetaggedCase {
  id: string;
  version: number;
  before: string[];
  after: string[];
}

/**
 * Puts one tag in the place of another on some cases, merged ones too, since a merge can be undone.
 * @returns those cases; none = all have it
 */
export async function replaceOnCases(
  tx: EntityManager,
  fromName: string,
  toName: string,
): Promise<RetaggedCase[]> {
  const [rows]: [RetaggedCase[], number] = await tx.query(
    `UPDATE cases c SET tags = next.after, version = c.version + 1
     FROM (
       SELECT held.id, held.tags AS before,
              CASE WHEN held.tags @> ARRAY[$2::text] THEN array_remove(held.tags, $1)
                   ELSE array_replace(held.tags, $1, $2) END AS after
       FROM (SELECT id, tags FROM cases WHERE tags @> ARRAY[$1::text]
             ORDER BY id LIMIT ${batchSize} FOR NO KEY UPDATE) held
     ) next
     WHERE c.id = next.id RETURNING c.id, c.version, next.before, next.after`,
    [fromName, toName],
  );
  return rows;
}

/** Saved lists that ask for a tag, and what people can do, follow its name. */
export async function replaceOutsideCases(
  tx: EntityManager,
  fromName: string,
  toName: string,
): Promise<void> {
  await tx.query(
    `UPDATE saved_views SET filter = jsonb_set(filter, '{tag}', to_jsonb($2::text)), version = version + 1
     WHERE filter->>'tag' = $1`,
    [fromName, toName],
  );
  await tx.query(
    `UPDATE agent_work SET skills = ARRAY(SELECT DISTINCT unnest(array_replace(skills, lower($1), lower($2))))
     WHERE skills @> ARRAY[lower($1::text)]`,
    [fromName, toName],
  );
}
