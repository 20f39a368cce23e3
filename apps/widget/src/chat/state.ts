import type {
  VisitorAgent,
  VisitorConfig,
  VisitorMessage,
  VisitorStatus,
} from '@loket/contracts/visitors.js';
import type { VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import type { Queued } from './outbox.js';
import type { Shelf } from './shelf.js';
import { needsForm } from './steps.js';

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

/** @param tab what this tab keeps over a reload */
export function firstState(
  config: VisitorConfig,
  language: VisitorLanguage,
  shelf: Shelf,
  tab: Shelf,
): ChatState {
  return {
    config,
    language,
    open: tab.get('open') === '1',
    connection: 'idle',
    closed: null,
    status: config.status,
    ...emptyConversation,
    pending: [],
    progress: {},
    form: needsForm(config, shelf, false),
    sound: shelf.get('sound') === '1',
  };
}

/** As it is for somebody who has never written. */
export const emptyConversation = {
  agent: null,
  typing: null,
  messages: [],
  earlier: null,
  loaded: false,
  unread: 0,
  contact: 'hidden',
} satisfies Partial<ChatState>;
