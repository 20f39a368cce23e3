import type { Sender } from '@loket/contracts/inbound.js';
import { cleanLine } from './legible.js';
import type { Person } from './whatsapp-event.js';

/**
 * A person as core knows people. WhatsApp vouches for all addresses that it tells, so they are proven.
 *
 * @param evidence how we know, e.g. `whatsapp=cloud_api`
 */
export function senderOf({ kind, value, name, also }: Person, evidence: string): Sender {
  return {
    kind,
    value,
    name: cleanLine(name, 255),
    proof: 'verified',
    evidence: [evidence],
    also: also.map((address) => ({
      ...address,
      proof: 'verified' as const,
      source: `${address.kind}_mapping`,
    })),
  };
}
