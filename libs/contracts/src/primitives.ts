import { z } from 'zod';

/** UUIDv7 primary key, as text. */
export const idSchema = z.uuid();
export type Id = z.infer<typeof idSchema>;

/** RFC 3339 instant with offset; always UTC (`Z`) when we write it. */
export const instantSchema = z.iso.datetime({ offset: true });

/** Lower-case hex sha256: the key of a blob. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Points at bytes in the blob store. */
export const blobRefSchema = z.strictObject({
  sha256: sha256Schema,
  /** bytes */
  size: z.number().int().nonnegative(),
  mediaType: z.string().max(255),
});
export type BlobRef = z.infer<typeof blobRefSchema>;

/** A file that belongs to a message. `name` is for people only; never used as a path. */
export const attachmentRefSchema = z.strictObject({
  ...blobRefSchema.shape,
  name: z.string().max(255),
  /** RFC 2392 Content-ID without brackets, when the html refers to it as `cid:` */
  contentId: z.string().max(998).nullish(),
  /** shown inside the html rather than listed below the message */
  inline: z.boolean().default(false),
});
export type AttachmentRef = z.infer<typeof attachmentRefSchema>;

/** Every list answers in this shape; `nextCursor` is opaque, null on the last page. */
export function page<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}
export type Page<T> = { items: T[]; nextCursor: string | null };

export const cursorQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** Cursors are base64url JSON, so that nobody is tempted to build one by hand. */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return btoa(JSON.stringify(parts)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @returns the parts, or null when the text is not a cursor of ours */
export function decodeCursor(cursor: string): (string | number | null)[] | null {
  try {
    const parts: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')));
    const ok =
      Array.isArray(parts) &&
      parts.every((p) => p === null || typeof p === 'string' || typeof p === 'number');
    return ok ? (parts as (string | number | null)[]) : null;
  } catch {
    return null;
  }
}
