/** Seconds in which an answer can be taken back after one has sent it; 0: it leaves at once. */
export const undoChoices = [0, 5, 10, 20] as const;
export type UndoSeconds = (typeof undoChoices)[number];

const storageKey = 'loket-undo-send';

export function undoSeconds(): UndoSeconds {
  const stored = Number(localStorage.getItem(storageKey) ?? '5');
  return undoChoices.find((choice) => choice === stored) ?? 5;
}

export function setUndoSeconds(seconds: UndoSeconds): void {
  localStorage.setItem(storageKey, String(seconds));
}

/** The server holds it a little longer than the way back is shown: a click at the last moment still counts. */
export const graceSeconds = 1;
