import type { NewEvent } from '../events/event-log.js';
import type { Changed } from './delivery.queries.js';

/** The event of a delivery state. It leaves the case's version as it is: agents see the same case as before. */
export function stateChanged({ id, caseId, caseVersion, state, reason }: Changed): NewEvent {
  return {
    type: 'message.state_changed',
    caseId,
    version: caseVersion,
    actorId: null,
    data: { messageId: id, state, reason },
  };
}
