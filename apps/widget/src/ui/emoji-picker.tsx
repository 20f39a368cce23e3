import { useEffect, useRef } from 'preact/hooks';
import { useChat } from './view.js';

/** The browser's own pictures: no weight, no requests. */
const set = Array.from('😀😄😂😊😍😘😎🤔😅😢😭😡👍👎👏🙏🙌💪👌👋🎉🔥✨💙💚⭐✅❌❓❗📦🚚💳🧾📷📍⏰☕🌙👀');
const columns = 8;

export function EmojiPicker({ pick, close }: { pick(character: string): void; close(): void }) {
  const { t } = useChat();
  const grid = useRef<HTMLDivElement>(null);
  const focus = (index: number): void => (grid.current!.children[index] as HTMLElement | undefined)?.focus();
  useEffect(() => focus(0), []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = [...grid.current!.children].indexOf(event.target as Element);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      focus(Math.min(set.length - 1, Math.max(0, at + step)));
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  };

  return (
    <div ref={grid} class="emoji" role="group" aria-label={t.emoji} onKeyDown={onKeyDown}>
      {set.map((character, i) => (
        <button key={character} type="button" tabIndex={i === 0 ? 0 : -1} onClick={() => pick(character)}>
          {character}
        </button>
      ))}
    </div>
  );
}
