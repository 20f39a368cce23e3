/** Exactly the expression of the index `messages_search`, or the index is not used. */
export const searchVector = `to_tsvector('simple', left(coalesce(subject, '') || ' ' || text, 100000))`;
