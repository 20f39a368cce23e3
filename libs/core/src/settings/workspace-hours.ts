import type { EntityManager } from 'typeorm';
import type { WebchatConfig } from '@loket/contracts/webchat-config.js';
import { readHours, readWorkspace } from './workspace-settings.js';

type OwnHours = NonNullable<WebchatConfig['officeHours']>;

/** Hours of a week, and the days on which nobody is there all the same. */
export interface DatedHours {
  timeZone: string;
  week: OwnHours['week'];
  /** `2026-03-20`, by that clock */
  closedOn: ReadonlySet<string>;
}

/** What counts for whoever has no hours of his own. null = always. */
export interface WorkspaceHours {
  usual: DatedHours | null;
  closedOn: ReadonlySet<string>;
}

const allWeek = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '00:00' }));

export async function readWorkspaceHours(manager: EntityManager): Promise<WorkspaceHours> {
  const { week, holidays } = await readHours(manager);
  const closedOn = new Set(holidays.map(({ date }) => date));
  if (week === null && closedOn.size === 0) return { usual: null, closedOn };
  const { timeZone } = await readWorkspace(manager);
  return { usual: { timeZone, week: week ?? allWeek, closedOn }, closedOn };
}

/** @param own of a team or a chat; null = it has none */
export function hoursInForce(
  own: WebchatConfig['officeHours'],
  { usual, closedOn }: WorkspaceHours,
): DatedHours | null {
  if (own === null) return usual;
  return { timeZone: own.timeZone, week: own.week, closedOn: own.holidays ? closedOn : new Set() };
}
