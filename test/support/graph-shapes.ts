import { z } from 'zod';

/**
 * What the Graph API takes, to the letter: a field too many, a value of the wrong type or a missing
 * `messaging_product` is code 100, as it is at Meta's.
 */
const product = z.literal('whatsapp');
const mediaId = z.strictObject({ id: z.string().regex(/^\d+$/) });
const captioned = z.strictObject({ ...mediaId.shape, caption: z.string().min(1).max(1024).optional() });

const address = {
  messaging_product: product,
  recipient_type: z.literal('individual'),
  /** a telephone number in digits */
  to: z
    .string()
    .regex(/^(\d{5,20}|[A-Z]{2}\..+)$/)
    .optional(),
  /** a business-scoped id */
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/)
    .optional(),
  context: z.strictObject({ message_id: z.string().startsWith('wamid.') }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
};

const parameter = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z
      .string()
      .min(1)
      .regex(/^[^\n\t]*$/),
    parameter_name: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('image'), image: mediaId }),
  z.strictObject({ type: z.literal('video'), video: mediaId }),
  z.strictObject({
    type: z.literal('document'),
    document: z.strictObject({ ...mediaId.shape, filename: z.string().min(1).max(240).optional() }),
  }),
]);
const component = z.strictObject({
  type: z.enum(['header', 'body', 'button']),
  sub_type: z.enum(['url', 'quick_reply']).optional(),
  index: z.string().regex(/^\d$/).optional(),
  parameters: z.array(parameter).min(1),
});

export const sendShape = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...address,
      type: z.literal('text'),
      text: z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
    }),
    z.strictObject({ ...address, type: z.literal('image'), image: captioned }),
    z.strictObject({ ...address, type: z.literal('video'), video: captioned }),
    z.strictObject({ ...address, type: z.literal('audio'), audio: mediaId }),
    z.strictObject({
      ...address,
      type: z.literal('document'),
      document: z.strictObject({ ...captioned.shape, filename: z.string().min(1).max(240).optional() }),
    }),
    z.strictObject({
      ...address,
      type: z.literal('template'),
      template: z.strictObject({
        name: z.string().regex(/^[a-z0-9_]+$/),
        language: z.strictObject({ code: z.string().regex(/^[a-z]{2,3}(_[A-Z]{2})?$/) }),
        components: z.array(component).min(1).optional(),
      }),
    }),
  ])
  .refine(({ to, recipient }) => (to === undefined) !== (recipient === undefined), 'to or recipient');
export type SentBody = z.infer<typeof sendShape>;

export const readShape = z.strictObject({
  messaging_product: product,
  status: z.literal('read'),
  message_id: z.string().startsWith('wamid.'),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

/** Bytes that each kind of file may have when it is sent. */
export const uploadLimits: readonly (readonly [RegExp, number])[] = [
  [/^image\/(jpeg|png)$/, 5_000_000],
  [/^image\/webp$/, 500_000],
  [/^(video\/(mp4|3gpp)|audio\/(aac|amr|mp4|mpeg|ogg))$/, 16_000_000],
  [/^(application|text)\/./, 100_000_000],
];
