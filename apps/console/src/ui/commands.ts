import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { isMac } from './Keys.js';
import { undoLatest } from './toasts.js';

/**
 * Something a person can do here: bound to a key, listed in the palette, or both. Screens register their own while
 * they are shown; the palette and the key handler know nothing else.
 */
export interface Command {
  id: string;
  label: string;
  /** heading in the palette; without one the command has a key only */
  group?: string;
  /** lower stands higher in the palette; 1 unless told */
  rank?: number;
  hint?: string;
  icon?: ReactNode;
  /** `j`, `g i`, `mod+k`, `mod+shift+enter`, `[`; letters as typed */
  keys?: string;
  /** wins over others with the same keys while it is offered, whichever came later */
  first?: boolean;
  run: () => void;
}

let entries: readonly { owner: object; commands: readonly Command[] }[] = [];
const listeners = new Set<() => void>();

function set(next: typeof entries) {
  entries = next;
  for (const listener of listeners) listener();
}

/** Offers commands while the calling component is mounted. Later registrations win over earlier ones. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = commands
    .map((c) => `${c.id}|${c.label}|${c.keys}|${c.group}|${c.hint}|${c.first}`)
    .join('\n');
  useEffect(() => {
    const owner = {};
    const stable = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find((c) => c.id === command.id)?.run(),
    }));
    set([...entries, { owner, commands: stable }]);
    return () => set(entries.filter((entry) => entry.owner !== owner));
  }, [shape]);
}

export function useCommandList(): readonly Command[] {
  const list = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => entries,
  );
  return list.flatMap((entry) => entry.commands);
}

/** Runs what is offered under this id, for buttons of other features. @returns whether anybody offers it */
export function runCommand(id: string): boolean {
  const command = pick((candidate) => candidate.id === id);
  command?.run();
  return command !== undefined;
}

function pick(fits: (command: Command) => boolean): Command | undefined {
  const found = entries.flatMap((entry) => entry.commands).filter(fits);
  return found.findLast((command) => command.first) ?? found.at(-1);
}

/** Where letters are written; in a radio button or a box to tick they mean nothing. */
function inField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && /^(radio|checkbox|button|submit)$/.test(target.type))
    return false;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** A dialog or an open menu takes the keys; one that fades out takes none any more. */
function layerOpen(): boolean {
  return (
    document.querySelector(':is([role="dialog"], [role="menu"], [data-layer]):not([data-leaving])') !== null
  );
}

function chord(event: KeyboardEvent): string {
  const key = event.key === 'Enter' ? 'enter' : event.key === 'Escape' ? 'esc' : event.key;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (!mod) return key.length === 1 ? key : key.toLowerCase();
  return `mod+${event.shiftKey ? 'shift+' : ''}${key.toLowerCase()}`;
}

/**
 * The one key handler. Single keys stop inside fields and under open layers (WCAG 2.1.4 lets them be switched off:
 * `singleKeys`), chords with Ctrl or ⌘ do not. Two-key sequences such as `g i` wait 900 ms for their second key.
 * @returns unsubscribe
 */
export function listenForKeys(singleKeys: () => boolean): () => void {
  let first = '';
  let firstAt = 0;
  const handler = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const pressed = chord(event);
    const modified = pressed.startsWith('mod+');
    if (!modified && (event.ctrlKey || event.metaKey)) return;
    if (!modified && (inField(event.target) || layerOpen() || !singleKeys())) return;
    const sequence = first && Date.now() - firstAt < 900 ? `${first} ${pressed}` : '';
    const all = entries.flatMap((entry) => entry.commands);
    const hit =
      (sequence && pick((command) => command.keys === sequence)) ||
      pick((command) => command.keys === pressed);
    first = '';
    if (hit) {
      event.preventDefault();
      hit.run();
    } else if (pressed === 'z' && undoLatest()) {
      event.preventDefault();
    } else if (all.some((command) => command.keys?.startsWith(`${pressed} `))) {
      first = pressed;
      firstAt = Date.now();
    }
  };
  window.addEventListener('keydown', handler);
  return () => window.removeEventListener('keydown', handler);
}
