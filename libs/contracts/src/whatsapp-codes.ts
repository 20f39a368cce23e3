/**
 * Codes of the WhatsApp adapter. The console has a sentence for each in every language: those of the channel in the
 * settings, those of a message beside it.
 */

/** What Meta's Graph API can hold against a number, a token or an account; also while a connection is tested. */
export const whatsappAccountCodes = [
  'whatsapp_busy',
  'whatsapp_rate_limited',
  'whatsapp_unreachable',
  /** wrong id, or one that the token may not see */
  'whatsapp_invalid_parameter',
  'whatsapp_refused',
  'whatsapp_token_invalid',
  /** the secret is not that of the token's app */
  'whatsapp_app_secret_wrong',
  'whatsapp_permission_missing',
  'whatsapp_number_not_registered',
  'whatsapp_policy_blocked',
  'whatsapp_account_locked',
  'whatsapp_payment_missing',
  'whatsapp_spam_limited',
] as const;

/** Why the session of a linked phone does not run; by itself (`backoff`) or until a person acts. */
export const whatsappSessionReasons = [
  /** never linked, or called off */
  'not_paired',
  'pairing',
  'pairing_expired',
  /** WhatsApp has lost its line; goes by itself */
  'phone_offline',
  'stopped',
  'backoff',
  /** the device was removed, on the phone or from here */
  'logged_out',
  'unlinked',
  /** opened elsewhere with the same keys */
  'conflict',
  'auth_failed',
  /** WhatsApp gives no pairing code for that number */
  'code_refused',
  'blocked',
  'browser_died',
  'page_crashed',
  'page_failed',
  'crashed',
  'unresponsive',
  /** another process holds the session's folder */
  'in_use',
  'folder_unusable',
] as const;
export type WhatsappSessionReason = (typeof whatsappSessionReasons)[number];

/** Codes of channel status and of connection tests. */
export const whatsappChannelCodes = [
  ...whatsappAccountCodes,
  ...whatsappSessionReasons.map((reason) => `whatsapp_${reason}` as const),
  'whatsapp_sessions_full',
  /** no browser may run here, or none is installed */
  'whatsapp_web_unavailable',
  'whatsapp_not_ready',
  'whatsapp_not_configured',
  'config_invalid',
] as const;
export type WhatsappChannelCode = (typeof whatsappChannelCodes)[number];

/** Codes that say no to one message; those of the channel can stand beside a message too. */
export const whatsappMessageCodes = [
  'whatsapp_pair_rate_limited',
  'whatsapp_queue_full',
  /** a request may have left, no answer came */
  'whatsapp_no_answer',
  'whatsapp_window_closed',
  'whatsapp_recipient_is_sender',
  'whatsapp_recipient_invalid',
  'whatsapp_not_on_whatsapp',
  'whatsapp_engagement_limited',
  'whatsapp_opted_out',
  'whatsapp_type_unsupported',
  'whatsapp_media_refused',
  'whatsapp_media_too_large',
  'whatsapp_file_too_large',
  'whatsapp_text_too_long',
  'whatsapp_nothing_to_send',
  'whatsapp_attachment_missing',
  'whatsapp_template_refused',
  'whatsapp_template_value_missing',
  /** it is no longer among the approved ones */
  'whatsapp_template_gone',
  /** no longer approved, or deleted at Meta */
  'whatsapp_template_gone',
  'whatsapp_session_died',
  'whatsapp_send_timeout',
  'whatsapp_send_failed',
  'whatsapp_partly_sent',
  /** the phone says that it did not get through */
  'whatsapp_not_delivered',
] as const;
export type WhatsappMessageCode = (typeof whatsappMessageCodes)[number];

/** Every code that the adapter may give. */
export type WhatsappCode = WhatsappChannelCode | WhatsappMessageCode;

/** Steps of a connection test, in the order in which they run. */
export const whatsappTestSteps = [
  'whatsapp_number',
  'whatsapp_app_secret',
  'whatsapp_templates',
  'whatsapp_browser',
] as const;
