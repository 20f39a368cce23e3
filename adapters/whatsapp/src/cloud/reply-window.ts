const hourMs = 3_600_000;

export interface ReplyWindow {
  open: boolean;
  /** milliseconds since the epoch; null when the customer has never written */
  closesAt: number | null;
}

/**
 * Whether free text may still be sent: within `hours` of the customer's last message, to the millisecond. Messages from
 * the own phone (echoes) do not open it, and neither do reactions that were taken away.
 *
 * @param lastInboundAt milliseconds since the epoch; null when there is none
 */
export function replyWindow(lastInboundAt: number | null, now: number, hours = 24): ReplyWindow {
  if (lastInboundAt === null) return { open: false, closesAt: null };
  const closesAt = lastInboundAt + hours * hourMs;
  return { open: now < closesAt, closesAt };
}
