/**
 * What a reader should know of how a message was read. The codes stand in `NormalizedMessage.warnings`; the console has a
 * sentence for each. Add here, never inline.
 */
export const whatsappWarnings = [
  /** WhatsApp no longer has the file */
  'media_expired',
  /** larger than we take; it is only on WhatsApp */
  'media_too_large',
  /** could not be fetched, for another reason */
  'media_unavailable',
  /** a kind of message that we do not know; all there is stands in the original */
  'unsupported_message',
  /** a location that moves on: only where it began */
  'live_location',
  /** more contacts than are shown */
  'list_truncated',
  /** longer than is kept; the rest is in the original */
  'body_over_limit',
] as const;
export type WhatsappWarning = (typeof whatsappWarnings)[number];

/** Why the bytes of a message's file are not there. */
export type MediaFailure = Extract<WhatsappWarning, `media_${string}`>;
