import type { Alignment } from './alignment.js';
import { readTags } from './tag-list.js';

/** What a domain asks of those who take in its mail (RFC 7489 §6.3). */
export interface DmarcPolicy {
  /** how near d= must be to From */
  dkim: Alignment;
  policy: 'none' | 'quarantine' | 'reject';
}

/**
 * @param records TXT records at `_dmarc.` of the domain, or of its organisation
 * @param below the records stand at the organisation, the mail comes from a domain below it
 * @returns null without exactly one record
 */
export function readDmarc(records: readonly string[], below: boolean): DmarcPolicy | null {
  const [record, ...more] = records.filter((text) => /^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text));
  if (record === undefined || more.length > 0) return null;
  const tags = readTags(record);
  if (!tags) return null;
  const wanted = ((below ? tags.get('sp') : undefined) ?? tags.get('p'))?.toLowerCase();
  // A domain that is still trying its policy out is not sure of its own mail.
  const tried = Number(tags.get('pct') ?? '100') < 100 || tags.get('t')?.toLowerCase() === 'y';
  return {
    dkim: tags.get('adkim')?.toLowerCase() === 's' ? 'strict' : 'relaxed',
    policy: !tried && (wanted === 'reject' || wanted === 'quarantine') ? wanted : 'none',
  };
}
