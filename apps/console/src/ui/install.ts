import { useSyncExternalStore } from 'react';

/** Chromium's offer to install the console as an app; other browsers have a menu for it. */
interface InstallOffer extends Event {
  prompt: () => Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

let offer: InstallOffer | null = null;
const listeners = new Set<() => void>();

function set(next: InstallOffer | null) {
  offer = next;
  for (const listener of listeners) listener();
}

/** The browser makes it once, early: it is kept for when somebody wants it. */
export function keepInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    set(event as InstallOffer);
  });
  window.addEventListener('appinstalled', () => set(null));
}

/** null: there is nothing to offer, or it is installed. */
export function useInstall(): (() => void) | null {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offer,
  );
  if (!now) return null;
  return () => void now.prompt().then(() => set(null));
}
