import type { EntityManager } from 'typeorm';
import type { EventLog } from '../../events/event-log.js';
import type { StoredEvent } from '../../events/events.queries.js';
import type { CurrentMatching } from '../../matching/settings.js';
import type { SuggestionWriter } from '../suggestion-writer.js';
import { arrivedMessages, customersOfCases, rootsOfCustomers } from './finder-batch.queries.js';
import type { FinderBatch } from './finder-step.js';

export interface FinderTools {
  manager: EntityManager;
  log: EventLog;
  writer: SuggestionWriter;
  matching: CurrentMatching;
  now: Date;
}

/** Reads what the events are about. */
export async function finderBatch(tools: FinderTools, events: readonly StoredEvent[]): Promise<FinderBatch> {
  const { manager, log } = tools;
  const named = namedIn(events);
  const changed = await rootsOfCustomers(manager, named.changed);
  const regrouped = await rootsOfCustomers(manager, [
    ...named.movedCustomers,
    ...(await customersOfCases(manager, named.movedCases)),
  ]);
  return {
    ...tools,
    events,
    messages: await arrivedMessages(manager, [...named.messages]),
    changed,
    regrouped,
    suspected: new Map(),
    moved: { caseIds: named.movedCases, customerIds: named.movedCustomers },
    write: async (work) => {
      const result = await manager.transaction(work);
      log.committed();
      return result;
    },
  };
}

interface Named {
  messages: Set<string>;
  changed: Set<string>;
  movedCases: Set<string>;
  movedCustomers: Set<string>;
}

/** The ids that events carry, by what has to be done about them. */
function namedIn(events: readonly StoredEvent[]): Named {
  const named: Named = {
    messages: new Set(),
    changed: new Set(),
    movedCases: new Set(),
    movedCustomers: new Set(),
  };
  for (const event of events) {
    const id = (field: string): string[] => idsIn(event.data[field]);
    switch (event.type) {
      case 'message.received':
        add(named.messages, id('messageId'));
        break;
      case 'customer.updated':
        // What nobody of ours did, a step did, and those after it have seen it.
        if (event.actorId !== null) add(named.changed, id('customerId'));
        break;
      case 'identity.linked':
        add(named.changed, id('customerId'));
        break;
      case 'identity.unlinked':
        add(named.changed, [...id('customerId'), ...id('to')]);
        break;
      case 'customer.merged':
        add(named.changed, id('into'));
        add(named.movedCustomers, [...id('from'), ...id('into')]);
        break;
      case 'case.merged':
      case 'case.split':
        add(named.movedCases, [...id('from'), ...id('into')]);
        break;
      case 'operation.undone':
        add(named.changed, id('customerIds'));
        add(named.movedCustomers, id('customerIds'));
        add(named.movedCases, event.caseId === null ? [] : [event.caseId]);
        break;
      default:
    }
  }
  return named;
}

function add(set: Set<string>, ids: readonly string[]): void {
  for (const id of ids) set.add(id);
}

/** an id, a list of them, or `{id}` */
function idsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  const id = (value as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? [id] : [];
}
