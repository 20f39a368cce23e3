import { z } from 'zod';

/**
 * The webhook of the Cloud API as far as we read it. What we read is checked strictly; fields that we do not know are let
 * through, since Meta adds some every few months. Messages and statuses are checked one by one, so that an odd one does
 * not take the others with it.
 */
const text = z.string().max(100_000);
/** an id or address: goes to the database as it is, which takes neither NUL nor half characters */
export const short = z
  .string()
  .min(1)
  .max(1000)
  .refine((value) => !/[\u0000-\u001f\u007f]/.test(value) && value.isWellFormed());
/** seconds since the epoch, as text */
const seconds = z
  .union([z.string().regex(/^\d{1,11}$/), z.number().int().nonnegative()])
  .transform((value) => Number(value));

export const envelopeSchema = z.looseObject({
  object: z.string(),
  entry: z
    .array(
      z.looseObject({
        id: z.string().optional(),
        changes: z.array(z.looseObject({ field: z.string(), value: z.unknown() })).max(10_000),
      }),
    )
    .max(10_000),
});

const elements = z.array(z.unknown()).max(10_000).optional();
export const valueSchema = z.looseObject({
  messaging_product: z.string().optional(),
  metadata: z.looseObject({ phone_number_id: short, display_phone_number: z.string().optional() }),
  contacts: elements,
  messages: elements,
  message_echoes: elements,
  statuses: elements,
  errors: elements,
});

export const contactSchema = z.looseObject({
  wa_id: short.optional(),
  user_id: short.optional(),
  profile: z.looseObject({ name: z.string().optional(), username: z.string().optional() }).optional(),
});
export type WebhookContact = z.infer<typeof contactSchema>;

export const errorSchema = z.looseObject({
  code: z.number().int(),
  title: z.string().optional(),
  message: z.string().optional(),
  error_data: z.looseObject({ details: z.string().optional() }).optional(),
});
export type WebhookError = z.infer<typeof errorSchema>;

const media = z.looseObject({
  id: short,
  mime_type: z.string().max(255).optional(),
  caption: text.optional(),
  filename: z.string().optional(),
  voice: z.boolean().optional(),
});
const name = z.string().max(1000).optional();

/** What every message has, whatever its type. */
export const messageHeadSchema = z.looseObject({
  id: short,
  from: short.optional(),
  /** business-scoped id of the sender; the phone may be missing beside it */
  from_user_id: short.optional(),
  to: short.optional(),
  to_user_id: short.optional(),
  timestamp: seconds,
  type: z.string().min(1).max(100),
  group_id: short.optional(),
  context: z
    .looseObject({
      id: short.optional(),
      from: z.string().optional(),
      forwarded: z.boolean().optional(),
      frequently_forwarded: z.boolean().optional(),
    })
    .optional(),
  referral: z.looseObject({ headline: z.string().optional(), source_url: z.string().optional() }).optional(),
  errors: z.array(errorSchema).optional(),
});
export type MessageHead = z.infer<typeof messageHeadSchema>;

/** The part of a message that stands under the name of its type. */
export const contentSchemas = {
  text: z.looseObject({ body: text }),
  image: media,
  video: media,
  audio: media,
  document: media,
  sticker: media,
  location: z.looseObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    name,
    address: name,
  }),
  contacts: z
    .array(
      z.looseObject({
        name: z.looseObject({ formatted_name: name, first_name: name, last_name: name }).optional(),
        org: z.looseObject({ company: name }).optional(),
        phones: z.array(z.looseObject({ phone: name, wa_id: name })).optional(),
        emails: z.array(z.looseObject({ email: name })).optional(),
      }),
    )
    .min(1)
    .max(1000),
  button: z.looseObject({ text }),
  interactive: z.looseObject({
    type: z.string(),
    button_reply: z.looseObject({ title: text }).optional(),
    list_reply: z.looseObject({ title: text, description: text.optional() }).optional(),
    nfm_reply: z.looseObject({ body: text.optional(), response_json: text.optional() }).optional(),
  }),
  order: z.looseObject({
    text: text.optional(),
    product_items: z
      .array(
        z.looseObject({
          product_retailer_id: z.string(),
          quantity: z.union([z.number(), z.string()]),
          item_price: z.union([z.number(), z.string()]).optional(),
          currency: z.string().optional(),
        }),
      )
      .max(1000),
  }),
  system: z.looseObject({ body: text.optional(), type: z.string().optional() }),
  reaction: z.looseObject({ message_id: short, emoji: z.string().max(64).optional() }),
  edit: z.looseObject({ original_message_id: short, message: z.looseObject({ type: z.string() }) }),
  revoke: z.looseObject({ original_message_id: short }),
} as const;

export const statusSchema = z.looseObject({
  id: short,
  status: z.string(),
  timestamp: seconds,
  recipient_id: z.string().optional(),
  recipient_user_id: z.string().optional(),
  biz_opaque_callback_data: z.string().optional(),
  errors: z.array(errorSchema).optional(),
});
