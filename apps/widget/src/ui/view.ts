import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import type { Chat } from '../chat/chat.js';
import type { ChatState } from '../chat/state.js';
import type { Texts } from '../texts/en.js';
import { textsOf } from '../texts/texts.js';

export const ChatContext = createContext<Chat | null>(null);

/** What every part of the chat needs: what is shown, what can be done, and the words. */
export function useChat(): { chat: Chat; state: ChatState; t: Texts } {
  const chat = useContext(ChatContext)!;
  const [, again] = useReducer((n: number, _: undefined) => n + 1, 0);
  useEffect(() => chat.subscribe(() => again(undefined)), [chat]);
  return { chat, state: chat.state, t: textsOf(chat.state.language) };
}
