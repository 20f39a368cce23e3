import { createContext, useContext } from 'react';
import type { ReplyOption, TimelineMessage } from '@loket/contracts/cases.js';
import type { HeldReply } from '@loket/contracts/held-replies.js';

/** What a message asks of the composer below it. */
export type Wish =
  /** quote it in the answer */
  | { kind: 'quote'; message: TimelineMessage }
  /** say the same on another channel of this case */
  | { kind: 'go_on'; message: TimelineMessage; option: ReplyOption }
  /** an answer that was taken back, to be written on */
  | { kind: 'held'; reply: HeldReply }
  /** answer with a template instead */
  | { kind: 'template'; channelId: string };

export interface Desk {
  wish: (wish: Wish) => void;
  canQuote: (message: TimelineMessage) => boolean;
  /** the channel has texts that go outside the window too */
  hasTemplates: (channelId: string) => boolean;
  /** where a message that did not go could be sent instead */
  wayOn: (message: TimelineMessage) => ReplyOption | null;
}

export const DeskContext = createContext<Desk>({
  wish: () => undefined,
  canQuote: () => false,
  hasTemplates: () => false,
  wayOn: () => null,
});
export const useDesk = (): Desk => useContext(DeskContext);

/** Brings a message of the open case into view, also when it is older than what is loaded. */
export const JumpContext = createContext<(messageId: string) => void>(() => undefined);
export const useJump = (): ((messageId: string) => void) => useContext(JumpContext);
