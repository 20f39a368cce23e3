import { chatColours } from '@loket/contracts/chat-colours.js';
import { h, render } from 'preact';
import type { Chat } from '../chat/chat.js';
import { App } from './app.js';
import css from './styles.css?inline';
import { ChatContext } from './view.js';

/**
 * Puts the chat into the page, in a shadow tree of its own: the page's styles do not reach in, ours not out. The tree is
 * open, because a closed one keeps nothing from the page's scripts, only from those who test and from assistive tools.
 *
 * @param nonce for browsers without constructable stylesheets, under a policy that forbids styles
 * @returns takes it out again
 */
export function mount(chat: Chat, nonce: string): () => void {
  const host = document.createElement('loket-chat');
  const shadow = host.attachShadow({ mode: 'open' });
  addStyles(shadow, nonce);
  const root = document.createElement('div');
  root.className = 'root';
  shadow.append(root);

  const { colour, theme, launcher } = chat.state.config;
  host.dataset.side = launcher.side;
  host.style.setProperty('--inset', `${launcher.inset}px`);
  host.style.setProperty('--bottom', `${launcher.bottom}px`);

  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = (): void => {
    const shown = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
    host.dataset.theme = shown;
    const { accent, onAccent, accentText, focus, accentSoft } = chatColours(colour, shown);
    host.style.setProperty('--accent', accent);
    host.style.setProperty('--on-accent', onAccent);
    host.style.setProperty('--accent-text', accentText);
    host.style.setProperty('--focus', focus);
    host.style.setProperty('--accent-soft', accentSoft);
  };
  paint();
  dark.addEventListener('change', paint);

  const speak = (): void => {
    root.lang = chat.state.language;
  };
  speak();
  const hush = chat.subscribe(speak);

  render(h(ChatContext.Provider, { value: chat }, h(App, null)), root);
  document.body.append(host);
  return () => {
    hush();
    dark.removeEventListener('change', paint);
    render(null, root);
    host.remove();
  };
}

function addStyles(shadow: ShadowRoot, nonce: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement('style');
    style.nonce = nonce;
    style.textContent = css;
    shadow.append(style);
  }
}
