import type { TFunction } from 'i18next';
import type { AgentRef } from '@loket/contracts/access.js';
import type { TimelineItem } from '@loket/contracts/cases.js';
import type { EventData } from '@loket/contracts/events.js';
import type { TeamRef } from '@loket/contracts/teams.js';

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
  teams: readonly TeamRef[] = [],
): string | null {
  const who = item.actor?.name ?? t('case.event.system');
  const name = (id: unknown) => agents.find((agent) => agent.id === id)?.name ?? t('case.event.someone');
  switch (item.event) {
    case 'case.opened':
      return t('case.event.opened');
    case 'case.reopened':
      return t('case.event.reopened');
    case 'case.assigned':
      return assigned(t, who, item, name, teams);
    case 'case.reason_given':
      return t('case.event.reasonGiven', { who, why: String(item.data.reason) });
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

/** Who has it now, and why: in the supervisor's own words, or in those for what routing found. */
function assigned(
  t: TFunction,
  who: string,
  { data, actor }: EventItem,
  name: (id: unknown) => string,
  teams: readonly TeamRef[],
): string {
  const { from, to, routing, reason } = data as Partial<EventData<'case.assigned'>>;
  const went = change(data.team).to;
  const team = teams.find(({ id }) => id === went)?.name;
  const why = reason ?? (routing && t(`ui.routing.${routing}`));
  const because = (line: string) => (why ? t('case.event.because', { line, why }) : line);
  if (to) {
    if (to === actor?.id)
      return because(t(from ? 'case.event.tookOver' : 'case.event.took', { who, from: name(from) }));
    if (from) return because(t('case.event.movedTo', { who, from: name(from), to: name(to) }));
    return because(t('case.event.assigned', { who, to: name(to) }));
  }
  if (data.team !== undefined) {
    if (went === null) return because(t('case.event.leftTeam', { who }));
    return because(t('case.event.toTeam', { who, team: team ?? t('case.event.someTeam') }));
  }
  if (from && from !== actor?.id) return because(t('case.event.takenFrom', { who, from: name(from) }));
  return because(t('case.event.released', { who }));
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
