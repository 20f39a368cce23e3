import type { VisitorConfig, VisitorMessage } from '@loket/contracts/visitors.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { Refusal, Rest } from './api/rest.js';
import { backoff } from './chat/backoff.js';
import { Chat } from './chat/chat.js';
import { openShelf } from './chat/shelf.js';
import type { LoketEvents, LoketListener } from './loket-api.js';
import { pickLanguage } from './texts/texts.js';
import { mount } from './ui/mount.js';
import { ring } from './ui/sound.js';

/** The script's own tag; put together with other scripts, any tag that names a channel. */
const own = document.currentScript as HTMLScriptElement | null;
const tag = own?.dataset.channel ? own : document.querySelector<HTMLScriptElement>('script[data-channel]');

if (tag?.dataset.channel && !window.Loket) boot(tag, tag.dataset.channel);

function boot(script: HTMLScriptElement, channelId: string): void {
  const listeners = new Map<keyof LoketEvents, Set<LoketListener<never>>>();
  const tell = <K extends keyof LoketEvents>(event: K, value: LoketEvents[K]): void => {
    for (const listener of listeners.get(event) ?? []) (listener as LoketListener<K>)(value);
  };
  // what the page asks for before the chat is there is done once it is
  let chat: Chat | null = null;
  let waiting: ((chat: Chat) => void)[] = [];
  const then = (work: (chat: Chat) => void): void => {
    if (chat) work(chat);
    else waiting.push(work);
  };
  const undo: (() => void)[] = [];
  let gone = false;
  let language: VisitorLanguage | null = null;

  window.Loket = {
    open: () => then((c) => c.setOpen(true)),
    close: () => then((c) => c.setOpen(false)),
    identify: (jwt) => then((c) => void c.identify(jwt)),
    setLanguage: (wanted) => {
      language = pickLanguage([wanted]);
      chat?.setLanguage(language);
    },
    destroy: () => {
      gone = true;
      chat?.stop();
      for (const step of undo) step();
      delete window.Loket;
    },
    on: (event, listener) => {
      const group = listeners.get(event) ?? new Set();
      listeners.set(event, group.add(listener));
      return () => void group.delete(listener);
    },
  };

  const start = async (): Promise<void> => {
    const shelf = openShelf(`loket:${channelId}:`, () => localStorage);
    const rest = new Rest(script.dataset.server ?? new URL(script.src).origin, channelId);
    const config = await configOf(
      rest,
      (text) => shelf.set('config', text),
      shelf.get('config'),
      () => gone,
    );
    if (!config || gone) return;
    const fixed = script.dataset.language ?? (config.language === 'page' ? null : config.language);
    const made = new Chat({
      rest,
      channelId,
      config,
      language: language ?? pickLanguage([fixed, document.documentElement.lang, ...navigator.languages]),
      shelf,
      tab: openShelf(`loket:${channelId}:`, () => sessionStorage),
      arrived: (message) => arrived(made, message),
    });
    chat = made;
    let { open, unread } = made.state;
    made.subscribe(() => {
      const before = { open, unread };
      ({ open, unread } = made.state);
      if (unread !== before.unread) tell('unread', unread);
      if (open !== before.open) tell(open ? 'open' : 'close', undefined);
    });
    undo.push(mount(made, script.nonce), watchPage(made));
    // who it is comes before anything is read or sent
    for (const work of waiting) work(made);
    waiting = [];
    await made.start();
    tell('ready', undefined);
  };
  const arrived = ({ state }: Chat, message: VisitorMessage): void => {
    tell('message', { id: message.id });
    if (state.sound) ring(`loket:${channelId}:ring`, state.open && document.hasFocus());
  };

  // the page comes first
  const idle = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => void start(), { timeout: 2000 });
    else setTimeout(() => void start(), 200);
  };
  if (document.readyState === 'complete') idle();
  else window.addEventListener('load', idle, { once: true });
}

/** The channel's settings; those of last time while the server cannot be reached. @returns null when there are none */
async function configOf(
  rest: Rest,
  keep: (text: string) => void,
  kept: string | null,
  gone: () => boolean,
): Promise<VisitorConfig | null> {
  for (let tries = 0; !gone(); tries += 1) {
    try {
      const config = await rest.config();
      keep(JSON.stringify(config));
      return config;
    } catch (error) {
      if (!(error instanceof Refusal) || !error.retry) return null;
      if (kept) return JSON.parse(kept) as VisitorConfig;
      await new Promise((resolve) => setTimeout(resolve, backoff(tries, 2000, 120_000)));
    }
  }
  return null;
}

function watchPage(chat: Chat): () => void {
  let address = location.href;
  const wake = (): void => {
    if (document.visibilityState === 'visible') chat.wake();
  };
  const moved = (): void => {
    if (location.href === address) return;
    address = location.href;
    chat.pageChanged();
  };
  // history.pushState tells nobody, and is the page's to change, not ours
  const timer = setInterval(moved, 2000);
  document.addEventListener('visibilitychange', wake);
  window.addEventListener('online', wake);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', wake);
    window.removeEventListener('online', wake);
  };
}
