interface DesktopWindow {
  title: string;
  body: string;
  /** the same tag takes the place of what stands there */
  tag: string;
  open: () => void;
}

/** A window of the operating system, when the person has allowed them to this browser. */
export function showOnDesktop({ title, body, tag, open }: DesktopWindow): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const shown = new Notification(title, { body, tag, icon: '/icons/icon-192.png', silent: true });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Chrome on Android lets only service workers show them: there, pushes do
  }
}
