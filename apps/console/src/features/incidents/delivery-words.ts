import type { TFunction } from 'i18next';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { IncidentDelivery } from '@loket/contracts/incidents.js';

/** `sent` out of our hands · `waiting` on its way · `bad` not there, and will not be by itself. */
export type Outcome = 'sent' | 'waiting' | 'bad';

export function outcomeOf({ blocked, state }: Pick<IncidentDelivery, 'blocked' | 'state'>): Outcome {
  if (blocked !== null || state === 'failed' || state === 'uncertain') return 'bad';
  return state === 'sent' || state === 'delivered' || state === 'read' ? 'sent' : 'waiting';
}

/** One word for where a delivery stands, or the sentence for why it does not. */
export function deliveryWord(
  t: TFunction,
  { blocked, state }: Pick<IncidentDelivery, 'blocked' | 'state'>,
): string {
  if (blocked !== null)
    return t(`incidents.blocked.${blocked}`, { defaultValue: t('incidents.blocked.other') });
  return t(`incidents.delivery.${state ?? 'pending'}`);
}

export function countOutcomes(deliveries: readonly IncidentDelivery[]): Record<Outcome, number> {
  const counts = { sent: 0, waiting: 0, bad: 0 };
  for (const one of deliveries) counts[outcomeOf(one)] += 1;
  return counts;
}

/** How many by which kind of channel, most first. */
export function byChannel(deliveries: readonly IncidentDelivery[]): [ChannelKind, number][] {
  const counts = new Map<ChannelKind, number>();
  for (const { channelKind } of deliveries)
    if (channelKind !== null) counts.set(channelKind, (counts.get(channelKind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

const placeholder = /\{\{\s*(?:name|nama)\s*\}\}/gi;

/** What one customer will read: as the server does it, for the preview only. */
export function previewFor(text: string, name: string | null): string {
  // an address or a number that stands in for a name is none
  if (name !== null && /\p{L}/u.test(name) && !name.includes('@'))
    return text.replace(placeholder, () => name);
  return text.replace(/[ \t]*\{\{\s*(?:name|nama)\s*\}\}/gi, '').replace(/^[\s,:;.!-]+/, '');
}
