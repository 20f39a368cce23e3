/** How a connection to a mail server can fail, whatever is spoken over it. */
export const connectionFaults = [
  /** the name does not resolve */
  'dns_failed',
  /** nothing listens on that port */
  'refused',
  'unreachable',
  'timeout',
  /** the certificate cannot be verified: self-signed, expired, other name */
  'certificate_invalid',
  /** the server does not speak TLS on that port (STARTTLS port chosen as TLS) */
  'not_tls',
  /** the server offers no STARTTLS, or the handshake failed */
  'tls_failed',
  /** the server hung up */
  'closed',
] as const;
export type ConnectionFault = (typeof connectionFaults)[number];

/**
 * Codes of channel status, connection tests and delivery failures that the e-mail adapter gives. The console has a
 * sentence for each in every language.
 */
export const mailFailureCodes = [
  ...connectionFaults.map((fault) => `imap_${fault}` as const),
  ...connectionFaults.map((fault) => `smtp_${fault}` as const),
  'imap_auth_failed',
  'imap_app_password_needed',
  'imap_password_login_disabled',
  'imap_mailbox_missing',
  /** too many connections or requests; goes by itself */
  'imap_busy',
  'imap_failed',
  'smtp_auth_failed',
  'smtp_app_password_needed',
  'smtp_password_login_disabled',
  /** the server wants a sign-in, the settings have none */
  'smtp_auth_required',
  'smtp_busy',
  'smtp_failed',
  'smtp_sender_refused',
  'smtp_recipient_refused',
  /** refused for now, greylisting for example */
  'smtp_recipient_deferred',
  'smtp_message_refused',
  'smtp_message_too_large',
  'smtp_deferred',
  /** the connection broke after the whole mail was handed over, before the answer (RFC 1047) */
  'smtp_no_answer',
  'smtp_not_configured',
  'recipient_invalid',
  'header_invalid',
  'attachment_missing',
  'attachment_unreadable',
  'mail_not_configured',
  'config_invalid',
] as const;
export type MailFailureCode = (typeof mailFailureCodes)[number];
