/** Pages without the focus leave it to the one that has it; after so long one of them does it. */
const waitMs = 400;
const heldMs = 4_000;

/**
 * Runs something in one of the open pages of this browser only, by preference in the one that is before the person.
 * Without locks (an old browser) every page does it.
 */
export async function inOnePage(name: string, run: (focused: boolean) => void): Promise<void> {
  const focused = document.hasFocus();
  if (!('locks' in navigator)) return run(focused);
  if (!focused) await new Promise((resolve) => setTimeout(resolve, waitMs));
  await navigator.locks.request(`loket-${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    run(focused);
    await new Promise((resolve) => setTimeout(resolve, heldMs));
  });
}
