import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { caseSummarySchema } from './cases.js';
import { cursorQuery, idSchema, instantSchema } from './primitives.js';
import { routingReasonSchema } from './teams.js';

/** `given`: a case is mine now · `taken`: it no longer is · `mention` · `whisper` · `followed`: news in a case that I follow */
export const noticeKinds = ['given', 'taken', 'mention', 'whisper', 'followed'] as const;
export const noticeKindSchema = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof noticeKindSchema>;

/** News for one person: of what others did, never of what he did himself. */
export const noticeSchema = z
  .strictObject({
    id: idSchema,
    kind: noticeKindSchema,
    at: instantSchema,
    /** who did it; null: routing, or a customer */
    actor: agentRefSchema.nullable(),
    case: caseSummarySchema,
    /** of `mention` and `whisper` */
    noteId: idSchema.nullable(),
    /** of `given` and `taken`: who has the case now, why routing did it, or what the supervisor said */
    to: agentRefSchema.nullable(),
    routing: routingReasonSchema.nullable(),
    reason: z.string().nullable(),
    read: z.boolean(),
  })
  .meta({ id: 'Notice' });
export type Notice = z.infer<typeof noticeSchema>;

/** Newest first. `unread`: of all, not of this page. */
export const noticePageSchema = z.strictObject({
  items: z.array(noticeSchema),
  nextCursor: z.string().nullable(),
  unread: z.number().int(),
});
export type NoticePage = z.infer<typeof noticePageSchema>;
export const listNoticesQuery = z.strictObject({
  unread: z.stringbool().optional(),
  ...cursorQuery,
});
export type ListNotices = z.infer<typeof listNoticesQuery>;

/** POST /me/notices/read: these, or all about a case, or all. */
export const readNoticesSchema = z
  .strictObject({ ids: z.array(idSchema).max(500).optional(), caseId: idSchema.optional() })
  .meta({ id: 'ReadNotices' });
export type ReadNotices = z.infer<typeof readNoticesSchema>;
