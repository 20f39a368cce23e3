import { z } from 'zod';
import { visitorFileTypes, visitorLimits } from './visitor-limits.js';

const text = (max: number) => z.string().max(max);
const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/i);
export const visitorLanguageSchema = z.enum(['id', 'en']);
export type VisitorLanguage = z.infer<typeof visitorLanguageSchema>;
/** The same words in the languages that there are; the first that is there stands in for one that is missing. */
const wordsSchema = (max: number) => z.partialRecord(visitorLanguageSchema, text(max));
/** Where a page comes from: scheme, host and port, no path. */
export const originSchema = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/i);

/** One question of the form before the chat. `email` and `phone` become claims (DESIGN §4), never proof. */
export const preChatFieldSchema = z.strictObject({
  /** stable name of the answer */
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  kind: z.enum(['name', 'email', 'phone', 'text', 'choice']),
  label: wordsSchema(80),
  required: z.boolean().default(false),
  /** of a `choice` */
  options: z.array(text(80)).max(20).default([]),
});
export type PreChatField = z.infer<typeof preChatFieldSchema>;

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** ISO weekday, 1 = Monday; a day may stand there more than once, a missing one is closed. */
export const officeWeekSchema = z
  .array(z.strictObject({ day: z.number().int().min(1).max(7), from: clockSchema, to: clockSchema }))
  .max(21);

/** Settings of a web chat channel. */
export const webchatConfigSchema = z
  .strictObject({
    /** sites that may show this chat; none = it is shown nowhere */
    allowedOrigins: z.array(originSchema).max(50).default([]),
    /** name above the chat; the channel's own name when empty */
    title: text(60).optional(),
    /** anything the company likes: the widget computes what can be read on it (WCAG 2.2 AA) */
    colour: colourSchema.default('#0b6374'),
    theme: z.enum(['light', 'dark', 'auto']).default('light'),
    /** first words in an empty chat */
    greeting: wordsSchema(300).default({}),
    /** what stands there instead out of office hours */
    awayGreeting: wordsSchema(300).default({}),
    /** `page` = what the page says, else the browser */
    language: z.union([z.literal('page'), visitorLanguageSchema]).default('page'),
    launcher: z
      .strictObject({
        /** along the line of writing, so that it mirrors on right-to-left pages */
        side: z.enum(['end', 'start']).default('end'),
        /** CSS pixels from the edges */
        inset: z.number().int().min(0).max(200).default(20),
        bottom: z.number().int().min(0).max(400).default(20),
      })
      .prefault({}),
    /** null = those of the workspace (GET /settings/hours), which are always until somebody sets any */
    officeHours: z
      .strictObject({
        /** IANA name, e.g. `Asia/Jakarta` */
        timeZone: text(60),
        week: officeWeekSchema,
        /** also closed on the workspace's holidays */
        holidays: z.boolean().optional(),
      })
      .nullable()
      .default(null),
    preChat: z.array(preChatFieldSchema).max(8).default([]),
    /** shown, and agreed to, before anything is stored or sent */
    consentText: wordsSchema(1000).default({}),
    /** null = no files */
    files: z
      .strictObject({
        types: z
          .array(text(120))
          .max(40)
          .default([...visitorFileTypes]),
        maxBytes: z.number().int().min(1).max(visitorLimits.fileBytes).default(10_000_000),
      })
      .nullable()
      .prefault({}),
    /** where a visitor may have the answer sent when he leaves; offered in this order */
    continueBy: z
      .array(z.enum(['email', 'phone']))
      .max(2)
      .default(['email']),
    /** sites sign who their visitor is; the secret is shown once, write-only, and not a part of what is read */
    identity: z.strictObject({ on: z.boolean().default(false), secret: text(256).optional() }).prefault({}),
    /** `Powered by Loket` below the chat */
    credit: z.boolean().default(true),
  })
  .meta({ id: 'WebchatConfig' });
export type WebchatConfig = z.infer<typeof webchatConfigSchema>;
