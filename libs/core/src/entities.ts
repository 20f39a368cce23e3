import { Agent } from './access/agent.entity.js';
import { ApiToken } from './access/api-token.entity.js';
import { Session } from './access/session.entity.js';
import { Case } from './cases/case.entity.js';
import { ThreadRef } from './cases/thread-ref.entity.js';
import { Thread } from './cases/thread.entity.js';
import { AdapterKind } from './channels/adapter-kind.entity.js';
import { ChannelCursor } from './channels/channel-cursor.entity.js';
import { Channel } from './channels/channel.entity.js';
import { Customer } from './customers/customer.entity.js';
import { Identity } from './customers/identity.entity.js';
import { Event } from './events/event.entity.js';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { Attachment } from './messages/attachment.entity.js';
import { Message } from './messages/message.entity.js';
import { Note } from './messages/note.entity.js';
import { QuarantineEntry } from './quarantine/quarantine-entry.entity.js';

/** Every table, for TypeORM and for the check that migrations are in step. */
export const entities = [
  AdapterKind,
  Agent,
  ApiToken,
  Attachment,
  Case,
  Channel,
  ChannelCursor,
  Customer,
  Event,
  IdempotencyKey,
  Identity,
  Message,
  Note,
  QuarantineEntry,
  Session,
  Thread,
  ThreadRef,
];
