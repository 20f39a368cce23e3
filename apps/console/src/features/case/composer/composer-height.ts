/** as high as an empty answer to a mail */
let height = 118;
const most = 220;

/** The room that the composer of the next case takes, as far as one can know: messages do not move when it comes. */
export const composerHeight = (): number => height;

/** Ref of the composer. */
export function keepComposerHeight(box: HTMLElement | null): (() => void) | undefined {
  if (!box) return;
  const observer = new ResizeObserver(() => {
    if (box.offsetHeight > 0) height = Math.min(most, box.offsetHeight);
  });
  observer.observe(box);
  return () => observer.disconnect();
}
