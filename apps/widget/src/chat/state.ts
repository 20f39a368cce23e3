import type {
  VisitorAgent,
  VisitorConfig,
  VisitorMessage,
  VisitorStatus,
} from '@loket/contracts/visitors.js';
import type { VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import type { Queued } from './outbox.js';

/** Everything that is shown. */
export interface ChatState {
  config: VisitorConfig;
  language: VisitorLanguage;
  open: boolean;
  /** `idle`: nobody has asked for a connection yet */
  connection: 'idle' | 'connecting' | 'up' | 'down';
  /** refused for good: the chat can be read, not written in */
  closed: VisitorErrorCode | null;
  status: VisitorStatus;
  agent: VisitorAgent;
  /** name of who types */
  typing: string | null;
  messages: VisitorMessage[];
  /** cursor of what lies before; null = that is all */
  earlier: string | null;
  /** the history has been read at least once */
  loaded: boolean;
  pending: Queued[];
  /** share of a file that has gone, by its clientId */
  progress: Record<string, number>;
  unread: number;
  /** consent and questions come first */
  form: boolean;
  contact: 'hidden' | 'ask' | 'code' | 'done';
  sound: boolean;
}
