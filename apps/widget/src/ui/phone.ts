import { useEffect, useState } from 'preact/hooks';

const small = matchMedia('(max-width: 560px), (max-height: 440px)');

/** Whether the chat takes the whole screen. */
export function usePhone(): boolean {
  const [, again] = useState(small.matches);
  useEffect(() => {
    const changed = (): void => again(small.matches);
    small.addEventListener('change', changed);
    return () => small.removeEventListener('change', changed);
  }, []);
  // not the state: whoever opens the chat just after turning the phone is not to get the wrong one
  return small.matches;
}

/**
 * Keeps a full-screen sheet above the on-screen keyboard, and the page below it still. Browsers shrink the visual
 * viewport under the keyboard and leave `position: fixed` where it was.
 */
export function useSheet(sheet: { current: HTMLElement | null }, active: boolean): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (!active) return;
    const page = document.documentElement.style;
    const before = page.overflow;
    page.overflow = 'hidden';
    const fit = (): void => {
      sheet.current?.style.setProperty('--view', view ? `${view.height}px` : '100dvh');
      sheet.current?.style.setProperty('--view-top', view ? `${view.offsetTop}px` : '0px');
    };
    fit();
    view?.addEventListener('resize', fit);
    view?.addEventListener('scroll', fit);
    return () => {
      page.overflow = before;
      view?.removeEventListener('resize', fit);
      view?.removeEventListener('scroll', fit);
    };
  }, [active]);
}

/** Keeps Tab inside a sheet that covers everything. */
export function trapTab(event: KeyboardEvent, sheet: HTMLElement): void {
  if (event.key !== 'Tab') return;
  const stops = [
    ...sheet.querySelectorAll<HTMLElement>('button, a[href], input, textarea, select, [tabindex="0"]'),
  ].filter((stop) => !stop.matches(':disabled') && stop.offsetParent !== null && stop.tabIndex >= 0);
  const first = stops[0];
  const last = stops.at(-1);
  const root = sheet.getRootNode() as ShadowRoot;
  const at = root.activeElement;
  if (event.shiftKey ? at === first || at === sheet : at === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
