/** The server takes whoever was heard of within ten minutes as there, and within two as looking. */
const everyMs = 60_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Says that the person does something on this screen: with the first move after a pause, then once a minute.
 * @returns stops it
 */
export function tellActivity(say: () => void): () => void {
  let last = Date.now();
  const moved = () => {
    if (document.hidden || Date.now() - last < everyMs) return;
    last = Date.now();
    say();
  };
  for (const sign of signs) window.addEventListener(sign, moved, { passive: true, capture: true });
  document.addEventListener('visibilitychange', moved);
  return () => {
    for (const sign of signs) window.removeEventListener(sign, moved, { capture: true });
    document.removeEventListener('visibilitychange', moved);
  };
}
