// What happened to a message, as it is shown, in SQL that others build on. All of it is found by the unique key of
// message_changes, so a message to which nothing happened costs one look into an index.

/**
 * Who did it, as far as his addresses are known: his own and at most ten further ones. Of several people with one address
 * the message's own customer counts.
 */
const who = (m: string): string => `
  LEFT JOIN LATERAL (
    SELECT d.id AS identity_id, d.customer_id, coalesce(d.name, k.name) AS name
    FROM (SELECT * FROM jsonb_array_elements(jsonb_build_array(c.by) || coalesce(c.by->'also', '[]')) LIMIT 11) AS a(value)
    JOIN identities d ON d.kind = a.value->>'kind' AND d.value = a.value->>'value' AND (d.resolves OR d.id = ${m}.identity_id)
    JOIN customers k ON k.id = d.customer_id
    WHERE c.by IS NOT NULL
    ORDER BY d.id = ${m}.identity_id DESC, d.customer_id = ${m}.customer_id DESC, d.created_at, d.id LIMIT 1
  ) who ON true`;

const digits = (value: string): string => `regexp_replace(${value}, '\\D', '', 'g')`;

/** The account that the message itself was sent from; a company's other number may well have it as a customer. */
const isSender = (m: string): string => `
  ${m}.direction = 'outbound' AND c.by->>'kind' = ${m}.sender->>'kind' AND c.by->>'kind' IN ('phone', 'whatsapp')
  AND ${digits(`c.by->>'value'`)} = ${digits(`${m}.sender->>'value'`)}`;

/**
 * Whose side it was. A channel that does not say who: our own side reacted, since it knows its customers by name; and
 * words are changed by who wrote them. Somebody who is nobody's customer is one of ours.
 */
const side = (m: string): string => `
  CASE WHEN c.by IS NULL AND c.type <> 'reacted' AND ${m}.direction = 'inbound' THEN 'customer'
       WHEN who.customer_id IS NOT NULL AND NOT (${isSender(m)}) THEN 'customer' ELSE 'own' END`;

/**
 * Everything that happened to one message and may be believed, oldest first by `at, created_at, id`: only its author can
 * edit it or take it back. For `FROM`; give it a name.
 *
 * @param m name of a row of `messages` that the query has at hand
 * @returns columns `id` `type` `at` `created_at` `text` `emoji` `side` `name` `person`
 */
export const changesOf = (m: string): string => `(
  SELECT * FROM (
    SELECT c.id, c.type, c.at, c.created_at, c.text, c.emoji, ${side(m)} AS side,
           coalesce(c.by->>'name', who.name) AS name, coalesce(who.customer_id::text, c.by_key) AS person,
           c.by IS NULL OR ${m}.direction = 'outbound' OR who.identity_id = ${m}.identity_id
             OR who.customer_id = ${m}.customer_id AS authors
    FROM message_changes c ${who(m)}
    WHERE c.channel_id = ${m}.channel_id AND c.external_id = ${m}.external_id AND c.type <> 'receipt'
  ) told
  WHERE told.type = 'reacted'
     OR (told.authors AND told.side = CASE ${m}.direction WHEN 'inbound' THEN 'customer' ELSE 'own' END)
)`;

/** How a message reads today: its latest edit, else its own words. What was taken back can still be read by agents. */
export const readsNow = (m: string): string => `coalesce(
  (SELECT e.text FROM ${changesOf(m)} e WHERE e.type = 'edited'
   ORDER BY e.at DESC, e.created_at DESC, e.id DESC LIMIT 1), ${m}.text)`;
