import s from './ui.module.css';

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

function keyName(key: string): string {
  if (isMac) return key;
  return key === '⌘' ? 'Ctrl' : key === '⇧' ? 'Shift' : key;
}

/** Shortcut beside its command: `⌘ K`, `G I`. For eyes only; the command itself carries `aria-keyshortcuts`. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={s.kbd} aria-hidden>
      {keys.split(' ').map((key, index) => (
        <kbd key={index}>{keyName(key)}</kbd>
      ))}
    </span>
  );
}

/** Shortcut inside a filled button. */
export function ButtonKeys({ keys }: { keys: string }) {
  return (
    <span className={s.bkey} aria-hidden>
      {keys
        .split(' ')
        .map(keyName)
        .join(isMac ? '' : ' ')}
    </span>
  );
}
