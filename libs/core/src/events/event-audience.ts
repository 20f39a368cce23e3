import type { EventType } from '@loket/contracts/events.js';

/** Who may hear of an event at all. `nobody`: it is a sign between processes, and no client gets it. */
export type Audience = 'agents' | 'admins' | 'nobody';

/** Complete by its type: an event that nobody thought about does not compile. */
const audiences: Record<EventType, Audience> = {
  'case.opened': 'agents',
  'case.reopened': 'agents',
  'case.updated': 'agents',
  'case.assigned': 'agents',
  'case.reason_given': 'agents',
  'message.received': 'agents',
  'message.queued': 'agents',
  'held_reply.changed': 'agents',
  'message.state_changed': 'agents',
  'message.changed': 'agents',
  'message.sent_elsewhere': 'agents',
  'call.updated': 'agents',
  'recording.played': 'admins',
  'call.ringing': 'nobody',
  'note.added': 'agents',
  'notice.added': 'nobody',
  'customer.updated': 'agents',
  'case.merged': 'agents',
  'case.split': 'agents',
  'case.linked': 'agents',
  'case.unlinked': 'agents',
  'operation.undone': 'agents',
  'customer.merged': 'agents',
  'identity.linked': 'agents',
  'identity.unlinked': 'agents',
  'suggestion.added': 'agents',
  'suggestion.settled': 'agents',
  'incident.created': 'agents',
  'incident.updated': 'agents',
  'tag.updated': 'agents',
  'settings.updated': 'admins',
  'channel.created': 'admins',
  'channel.updated': 'admins',
  'channel.status_changed': 'admins',
  'quarantine.added': 'admins',
  'quarantine.resolved': 'admins',
  'team.created': 'agents',
  'team.updated': 'agents',
  'agent.availability_changed': 'agents',
  'agent.work_updated': 'agents',
  'agent.created': 'admins',
  'agent.updated': 'admins',
  'agent.second_factor_changed': 'admins',
  'agent.picture_changed': 'agents',
  'agent.password_link_changed': 'admins',
  'invitation.changed': 'admins',
};

export function audienceOf(type: EventType): Audience {
  return audiences[type];
}
