import { z } from 'zod';
import { noticeKindSchema } from './notices.js';

/** Views in which somebody can listen to customers. `teams`: what waits for anybody there. */
export const watchableViews = ['mine', 'teams', 'unassigned'] as const;
export type WatchableView = (typeof watchableViews)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Hours in which nothing rings and nothing pops up, on his own clock. `to` before `from` runs over midnight. */
export const quietHoursSchema = z.strictObject({
  from: clockTime,
  to: clockTime,
  /** ISO weekdays on which they begin, 1 = Monday */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

const kinds = z.array(noticeKindSchema).max(10);

/** How one person hears of his news; the list of them, and what stands in the console, is the same for all. */
export const noticePreferencesSchema = z
  .strictObject({
    /** windows of the operating system, while a console is open and not before his eyes */
    desktop: kinds.default(['given', 'taken', 'mention', 'whisper']),
    sound: kinds.default(['given', 'mention', 'whisper']),
    /** on devices that he signed up, while he is not at a console */
    push: kinds.default(['given', 'taken', 'mention', 'whisper']),
    /** what customers write in the cases of these views, as windows and sound */
    views: z.array(z.enum(watchableViews)).max(3).default(['mine']),
    /** names and subjects of customers may stand in what is pushed */
    pushWords: z.boolean().default(false),
    quiet: quietHoursSchema.nullable().default(null),
  })
  .meta({ id: 'NoticePreferences' });
export type NoticePreferences = z.infer<typeof noticePreferencesSchema>;
