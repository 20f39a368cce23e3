import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.js';
import { navigate } from 'wouter/use-browser-location';

/**
 * Asks before unsaved changes are left behind, however one leaves: link, key, palette or the back button (Navigation
 * API, where the browser has it), reloading or closing the tab (everywhere).
 *
 * @returns the question, to be rendered; and `release`, to call before leaving on purpose
 */
export function useUnsaved(dirty: boolean): { question: ReactNode; release: () => void } {
  const { t } = useTranslation();
  const [target, setTarget] = useState<{ url: string; key: string | null } | null>(null);
  const free = useRef(false);
  useEffect(() => {
    if (!dirty) return;
    free.current = false;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onNavigate = (event: NavigateEvent) => {
      const { pathname } = new URL(event.destination.url);
      if (free.current || !event.cancelable || pathname === window.location.pathname) return;
      if (event.navigationType === 'reload' || !event.destination.sameDocument) return;
      event.preventDefault();
      const key = event.navigationType === 'traverse' ? event.destination.key : null;
      setTarget({ url: pathname, key });
    };
    const navigation = 'navigation' in window ? window.navigation : null;
    window.addEventListener('beforeunload', onUnload);
    navigation?.addEventListener('navigate', onNavigate);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      navigation?.removeEventListener('navigate', onNavigate);
    };
  }, [dirty]);
  const release = () => {
    free.current = true;
  };
  const leave = () => {
    if (!target) return;
    release();
    setTarget(null);
    if (target.key) window.navigation.traverseTo(target.key);
    else navigate(target.url);
  };
  const question = target !== null && (
    <Dialog onClose={() => setTarget(null)} title={t('settings.unsaved.title')}>
      <p>{t('settings.unsaved.text')}</p>
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" onClick={leave}>
          {t('settings.unsaved.leave')}
        </Button>
        <Button data-autofocus onClick={() => setTarget(null)}>
          {t('settings.unsaved.stay')}
        </Button>
      </Group>
    </Dialog>
  );
  return { question, release };
}
