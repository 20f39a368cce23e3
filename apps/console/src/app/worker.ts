import { keepInstallOffer } from '../ui/install.js';

/** The part that takes pushes while no page is open (public/sw.js). In development nothing may stand before Vite. */
export function startWorker(): void {
  keepInstallOffer();
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => {
    // without it everything works but pushes; private windows of some browsers refuse
    navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
  });
}
