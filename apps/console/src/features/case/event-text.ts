import type { TFunction } from 'i18next';
import type { AgentRef } from '@loket/contracts/access.js';
import type { TimelineItem } from '@loket/contracts/cases.js';
import type { EventData } from '@loket/contracts/events.js';

type EventItem = Extract<TimelineItem, { type: 'event' }>;
interface Change {
  from?: unknown;
  to?: unknown;
}

const change = (value: unknown): Change => (typeof value === 'object' && value !== null ? value : {});
const words = (value: unknown) =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];

/**
 * What happened to a case, in one line.
 *
 * @param number of the case in view: events of those that were merged into it stand there too
 * @returns null for events that a reader of the timeline sees anyway (a message arrived)
 */
export function eventText(
  t: TFunction,
  item: EventItem,
  agents: readonly AgentRef[],
  number: number,
): string | null {
  const who = item.actor?.name ?? t('case.event.system');
  const name = (id: unknown) => agents.find((agent) => agent.id === id)?.name ?? t('case.event.someone');
  switch (item.event) {
    case 'case.opened':
      return t('case.event.opened');
    case 'case.reopened':
      return t('case.event.reopened');
    case 'case.assigned': {
      const { from, to } = item.data;
      if (!to) return t('case.event.released', { who });
      if (to === item.actor?.id)
        return t(from ? 'case.event.tookOver' : 'case.event.took', { who, from: name(from) });
      return t('case.event.assigned', { who, to: name(to) });
    }
    case 'case.updated':
      return updated(t, who, item.data) || null;
    case 'case.merged':
    case 'case.split':
      return moved(t, who, item, number);
    case 'case.linked':
    case 'case.unlinked':
      return t(item.event === 'case.linked' ? 'case.event.linked' : 'case.event.unlinked', {
        who,
        number: String(item.data.number),
      });
    case 'operation.undone':
      return t(`case.event.undid.${String(item.data.kind)}`, {
        who,
        defaultValue: t('case.event.undidAny', { who }),
      });
    default:
      return null;
  }
}

/** A merge or a split, told from the side of the case that one reads; of two others, by their numbers. */
function moved(t: TFunction, who: string, { event, data }: EventItem, number: number): string {
  const { from, into, messages } = data as Partial<EventData<'case.merged'>>;
  const merged = event === 'case.merged';
  const said = { who, from: from?.number, into: into?.number, count: messages ?? 0 };
  if (from?.number === number) return t(merged ? 'case.event.mergedAway' : 'case.event.splitOff', said);
  if (into?.number === number) return t(merged ? 'case.event.mergedHere' : 'case.event.splitFrom', said);
  return t(merged ? 'case.event.mergedElsewhere' : 'case.event.splitElsewhere', said);
}

/** @returns the operation that an event tells of and that can be undone from there; null for other events */
export function operationOf(item: EventItem): string | null {
  const { operationId } = item.data;
  const told = ['case.merged', 'case.split', 'case.linked', 'case.unlinked'].includes(item.event);
  return told && typeof operationId === 'string' ? operationId : null;
}

function updated(t: TFunction, who: string, data: Record<string, unknown>): string {
  const lines: string[] = [];
  if (data.status)
    lines.push(t('case.event.status', { to: t(`case.status.${String(change(data.status).to)}`) }));
  if (data.priority)
    lines.push(t('case.event.priority', { to: t(`case.priority.${String(change(data.priority).to)}`) }));
  if (data.subject) lines.push(t('case.event.subject', { to: String(change(data.subject).to) }));
  if (data.tags) {
    const [from, to] = [words(change(data.tags).from), words(change(data.tags).to)];
    const added = to.filter((tag) => !from.includes(tag));
    const removed = from.filter((tag) => !to.includes(tag));
    if (added.length) lines.push(t('case.event.tagged', { tags: added.join(', ') }));
    if (removed.length) lines.push(t('case.event.untagged', { tags: removed.join(', ') }));
  }
  if (data.callback && !data.status && change(data.callback).to === null)
    lines.push(t('case.event.callbackDone'));
  return lines.length ? `${who} ${lines.join(' · ')}` : '';
}
