import { z } from 'zod';

/**
 * How far one mailbox was read. UIDs only grow while UIDVALIDITY stays the same (RFC 9051 §2.3.1.1); when the server
 * changes it, all are void and the mailbox is read again from its beginning. What is stored already is recognised by
 * its Message-ID, so nothing comes twice.
 */
export const imapCursorSchema = z.object({
  uidValidity: z.string(),
  /** every mail up to this UID is stored, quarantined or none of ours */
  uid: z.number().int().nonnegative(),
  /** the channel takes no mail that came before this instant; null = takes all */
  since: z.string().nullable(),
  /**
   * Mails below this UID count only when they came after `since`. Set by a change of UIDVALIDITY, because the archive
   * that was left out at first now has UIDs above the cursor. Above it everything counts: a colleague may move an old
   * mail into the mailbox on purpose.
   */
  checkDatesBelow: z.number().int().nonnegative(),
});
export type ImapCursor = z.infer<typeof imapCursorSchema>;

/** A mailbox as SELECT described it. */
export interface MailboxFacts {
  uidValidity: string;
  uidNext: number;
}

/** Clocks differ: a mail that the server dates a little before our first look may have come after it. */
const clockSkewMs = 5 * 60_000;

/**
 * The cursor to go on from, given the stored one.
 *
 * @param stored what was saved for this mailbox, null at the first connect
 * @param now milliseconds since the epoch
 */
export function alignCursor(
  stored: ImapCursor | null,
  mailbox: MailboxFacts,
  options: { importExisting: boolean; now: number },
): ImapCursor {
  const { uidValidity } = mailbox;
  if (options.importExisting) {
    // Also when it was switched on later: the whole mailbox is read once more.
    const keeps = stored !== null && stored.since === null && stored.uidValidity === uidValidity;
    return keeps ? stored : { uidValidity, uid: 0, since: null, checkDatesBelow: 0 };
  }
  if (stored === null) {
    const since = new Date(options.now - clockSkewMs).toISOString();
    return { uidValidity, uid: Math.max(0, mailbox.uidNext - 1), since, checkDatesBelow: 0 };
  }
  if (stored.uidValidity === uidValidity) return stored;
  return {
    uidValidity,
    uid: 0,
    since: stored.since,
    checkDatesBelow: stored.since === null ? 0 : mailbox.uidNext,
  };
}

/** @returns whether a mail above the cursor is to be taken in */
export function counts(cursor: ImapCursor, mail: { uid: number; receivedAt: Date | null }): boolean {
  if (cursor.since === null || mail.uid >= cursor.checkDatesBelow || mail.receivedAt === null) return true;
  return mail.receivedAt.getTime() >= Date.parse(cursor.since);
}
