import { Agent } from './access/agent.entity.js';
import { ApiToken } from './access/api-token.entity.js';
import { PasswordLink } from './access/password-link.entity.js';
import { RecoveryCode } from './access/recovery-code.entity.js';
import { SecondFactor } from './access/second-factor.entity.js';
import { Session } from './access/session.entity.js';
import { SignInChallenge } from './access/sign-in-challenge.entity.js';
import { BulkChangeRow } from './bulk/bulk-change.entity.js';
import { CallImportProblem } from './calls/call-import-problem.entity.js';
import { CallImportRow } from './calls/call-import.entity.js';
import { CallDraft } from './calls/call-draft.entity.js';
import { RingingCall } from './calls/ringing-call.entity.js';
import { CannedAnswer } from './canned/canned-answer.entity.js';
import { Case } from './cases/case.entity.js';
import { ThreadRef } from './cases/thread-ref.entity.js';
import { Thread } from './cases/thread.entity.js';
import { AdapterKind } from './channels/adapter-kind.entity.js';
import { ChannelCursor } from './channels/channel-cursor.entity.js';
import { Channel } from './channels/channel.entity.js';
import { Customer } from './customers/customer.entity.js';
import { Identity } from './customers/identity.entity.js';
import { Organization } from './customers/organization.entity.js';
import { Draft } from './drafts/draft.entity.js';
import { ConsumerCursor } from './events/consumer-cursor.entity.js';
import { Event } from './events/event.entity.js';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { IncidentDelivery } from './incidents/incident-delivery.entity.js';
import { IncidentUpdate } from './incidents/incident-update.entity.js';
import { Incident } from './incidents/incident.entity.js';
import { Invitation } from './invitations/invitation.entity.js';
import { Attachment } from './messages/attachment.entity.js';
import { HeldReplyRow } from './messages/held-reply.entity.js';
import { MessageChange } from './messages/message-change.entity.js';
import { Message } from './messages/message.entity.js';
import { Note } from './messages/note.entity.js';
import { CaseFollower } from './notices/case-follower.entity.js';
import { NoticePreference } from './notices/notice-preference.entity.js';
import { Notice } from './notices/notice.entity.js';
import { OperationMove } from './operations/operation-move.entity.js';
import { Operation } from './operations/operation.entity.js';
import { PushSubscriptionRow } from './push/push-subscription.entity.js';
import { QuarantineEntry } from './quarantine/quarantine-entry.entity.js';
import { Setting } from './settings/setting.entity.js';
import { LinkageKey } from './suggestions/linkage-key.entity.js';
import { Suggestion } from './suggestions/suggestion.entity.js';
import { Term } from './suggestions/term.entity.js';
import { TagReplacement } from './tags/tag-replacement.entity.js';
import { Tag } from './tags/tag.entity.js';
import { AgentWork } from './teams/agent-work.entity.js';
import { TeamMember } from './teams/team-member.entity.js';
import { Team } from './teams/team.entity.js';
import { VisitorCode } from './visitors/visitor-code.entity.js';
import { VisitorUpload } from './visitors/visitor-file.entity.js';
import { VisitorToken } from './visitors/visitor-token.entity.js';
import { SearchWord } from './cases/search-word.entity.js';
import { SavedViewRow } from './views/saved-view.entity.js';
import { Visitor } from './visitors/visitor.entity.js';
import { WebhookCall } from './webhooks/webhook-call.entity.js';

/** Every table, for TypeORM and for the check that migrations are in step. */
export const entities = [
  AdapterKind,
  Agent,
  AgentWork,
  ApiToken,
  Attachment,
  BulkChangeRow,
  CallDraft,
  CallImportProblem,
  CallImportRow,
  CannedAnswer,
  Case,
  CaseFollower,
  Channel,
  ChannelCursor,
  ConsumerCursor,
  Customer,
  Draft,
  Event,
  HeldReplyRow,
  IdempotencyKey,
  Identity,
  Incident,
  IncidentDelivery,
  IncidentUpdate,
  Invitation,
  LinkageKey,
  Message,
  MessageChange,
  Note,
  Notice,
  NoticePreference,
  Operation,
  OperationMove,
  Organization,
  PushSubscriptionRow,
  QuarantineEntry,
  PasswordLink,
  RecoveryCode,
  RingingCall,
  SavedViewRow,
  SearchWord,
  SecondFactor,
  Session,
  Setting,
  SignInChallenge,
  Suggestion,
  Tag,
  TagReplacement,
  Team,
  TeamMember,
  Term,
  Thread,
  ThreadRef,
  Visitor,
  VisitorCode,
  VisitorToken,
  VisitorUpload,
  WebhookCall,
];
