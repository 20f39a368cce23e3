/**
 * Everything that a reader should know about how a mail was read. The codes stand in `NormalizedMessage.warnings`;
 * the console has a sentence for each. Add here, never inline.
 */
export const mailWarnings = [
  /** the declared charset was missing, unknown or wrong, and another one fits */
  'charset_guessed',
  /** a multipart body without its boundary; read as it looked best */
  'boundary_missing',
  /** more than 1,000 parts: the rest is only in the original */
  'parts_over_limit',
  /** parts nested deeper than 64: the rest is only in the original */
  'depth_over_limit',
  /** text or html too long to store; the whole of it is attached */
  'body_over_limit',
  /** no readable sender in the mail at all */
  'sender_missing',
  /** several From addresses or headers: no proof counts */
  'from_ambiguous',
  /** no usable Date header; the time of receipt stands in for it */
  'date_missing',
  /** the Date header lies more than two days ahead or before 1990 */
  'date_implausible',
  /** no usable Message-ID: the mail is known by its content */
  'message_id_missing',
  /** winmail.dat that could not be opened; attached as it is */
  'tnef_unreadable',
  /** encrypted content that only its recipient can read */
  'encrypted',
  /** written by ourselves: never answered, so that it cannot loop */
  'own_message',
  /** more recipients or references than are kept */
  'list_truncated',
] as const;
export type MailWarning = (typeof mailWarnings)[number];
