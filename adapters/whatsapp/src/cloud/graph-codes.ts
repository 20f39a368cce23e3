import type { ChannelErrorCode } from '@loket/contracts/outbound.js';
import type { WhatsappCode } from '@loket/contracts/whatsapp-codes.js';

/** What core has to do about an error of Meta's, and the stable word for people. */
export interface GraphVerdict {
  code: ChannelErrorCode;
  reason: GraphReason;
}

/**
 * Reasons that the console has sentences for. Meta's codes:
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
export const graphReasons = [
  'whatsapp_busy',
  'whatsapp_rate_limited',
  'whatsapp_pair_rate_limited',
  'whatsapp_queue_full',
  'whatsapp_unreachable',
  'whatsapp_no_answer',
  'whatsapp_window_closed',
  'whatsapp_invalid_parameter',
  'whatsapp_recipient_is_sender',
  'whatsapp_recipient_invalid',
  'whatsapp_not_on_whatsapp',
  'whatsapp_engagement_limited',
  'whatsapp_opted_out',
  'whatsapp_type_unsupported',
  'whatsapp_media_refused',
  'whatsapp_media_too_large',
  'whatsapp_text_too_long',
  'whatsapp_nothing_to_send',
  'whatsapp_attachment_missing',
  'whatsapp_template_refused',
  'whatsapp_template_value_missing',
  'whatsapp_template_gone',
  'whatsapp_refused',
  'whatsapp_token_invalid',
  'whatsapp_permission_missing',
  'whatsapp_number_not_registered',
  'whatsapp_policy_blocked',
  'whatsapp_account_locked',
  'whatsapp_payment_missing',
  'whatsapp_spam_limited',
] as const satisfies readonly WhatsappCode[];
export type GraphReason = (typeof graphReasons)[number];

type Row = readonly [from: number, to: number, code: ChannelErrorCode, reason: GraphReason];
const one = (at: number, code: ChannelErrorCode, reason: GraphReason): Row => [at, at, code, reason];

/** By Meta's number, ranges included. What is not here is judged by its HTTP status. */
const rows: readonly Row[] = [
  // may pass
  one(1, 'temporary', 'whatsapp_busy'),
  one(2, 'temporary', 'whatsapp_busy'),
  one(4, 'temporary', 'whatsapp_rate_limited'),
  one(80007, 'temporary', 'whatsapp_rate_limited'),
  one(130429, 'temporary', 'whatsapp_rate_limited'),
  one(131000, 'temporary', 'whatsapp_busy'),
  one(131016, 'temporary', 'whatsapp_busy'),
  one(131056, 'temporary', 'whatsapp_pair_rate_limited'),
  one(131057, 'temporary', 'whatsapp_busy'),
  one(133004, 'temporary', 'whatsapp_busy'),
  // says no to this message
  one(100, 'rejected', 'whatsapp_invalid_parameter'),
  [131008, 131009, 'rejected', 'whatsapp_invalid_parameter'],
  one(131021, 'rejected', 'whatsapp_recipient_is_sender'),
  one(131026, 'rejected', 'whatsapp_not_on_whatsapp'),
  one(131047, 'window_closed', 'whatsapp_window_closed'),
  one(131049, 'rejected', 'whatsapp_engagement_limited'),
  one(131050, 'rejected', 'whatsapp_opted_out'),
  one(131051, 'rejected', 'whatsapp_type_unsupported'),
  [131052, 131053, 'rejected', 'whatsapp_media_refused'],
  [132000, 132999, 'rejected', 'whatsapp_template_refused'],
  // says no to the channel until a person acts
  one(0, 'auth', 'whatsapp_token_invalid'),
  one(190, 'auth', 'whatsapp_token_invalid'),
  one(3, 'auth', 'whatsapp_permission_missing'),
  one(10, 'auth', 'whatsapp_permission_missing'),
  [200, 299, 'auth', 'whatsapp_permission_missing'],
  one(131005, 'auth', 'whatsapp_permission_missing'),
  one(133010, 'auth', 'whatsapp_number_not_registered'),
  one(368, 'auth', 'whatsapp_policy_blocked'),
  one(131031, 'auth', 'whatsapp_account_locked'),
  one(131042, 'auth', 'whatsapp_payment_missing'),
  one(131048, 'auth', 'whatsapp_spam_limited'),
];

/**
 * @param graphCode Meta's number; null when the answer had none
 * @param status of HTTP; null for what a webhook tells
 */
export function verdictOf(graphCode: number | null, status: number | null): GraphVerdict {
  const row = rows.find(([from, to]) => graphCode !== null && graphCode >= from && graphCode <= to);
  if (row) return { code: row[2], reason: row[3] };
  if (status === 429) return { code: 'temporary', reason: 'whatsapp_rate_limited' };
  if (status !== null && status >= 500) return { code: 'temporary', reason: 'whatsapp_busy' };
  if (status === 401) return { code: 'auth', reason: 'whatsapp_token_invalid' };
  return { code: 'rejected', reason: 'whatsapp_refused' };
}
