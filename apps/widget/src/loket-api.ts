import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';

export interface LoketEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  /** messages that the visitor has not read */
  unread: number;
  /** an answer has come; its words stay with the visitor */
  message: { id: string };
}
export type LoketListener<K extends keyof LoketEvents> = (value: LoketEvents[K]) => void;

/** The one thing that the widget leaves in the page: `window.Loket`. Everything works before the chat is there, too. */
export interface LoketApi {
  open(): void;
  close(): void;
  /** @param jwt who the visitor is, signed by the site's server (README.md); null when he signs out */
  identify(jwt: string | null): void;
  setLanguage(language: VisitorLanguage): void;
  /** Takes everything away again. What waits to be sent stays in the browser. */
  destroy(): void;
  /** @returns stops listening */
  on<K extends keyof LoketEvents>(event: K, listener: LoketListener<K>): () => void;
}

declare global {
  interface Window {
    Loket?: LoketApi;
  }
}
