import { Button, Group } from '@mantine/core';
import { IconDownload, IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { playSound } from '../../../ui/sound.js';
import { useInstall } from '../../../ui/install.js';
import panel from '../components/settings.module.css';

type Permission = NotificationPermission | 'missing';

const permissionNow = (): Permission => ('Notification' in window ? Notification.permission : 'missing');

/** What this browser allows; nobody but the person in front of it can change that. */
export function BrowserPanel() {
  const { t } = useTranslation();
  const install = useInstall();
  const [permission, setPermission] = useState(permissionNow);
  const allow = () => void Notification.requestPermission().then(setPermission);
  const test = () => {
    playSound();
    if (permission === 'granted')
      try {
        new Notification('Loket', { body: t('notices.browser.sample'), icon: '/icons/icon-192.png' });
      } catch {
        // on Android only pushes show windows
      }
  };
  return (
    <section className={panel.panel}>
      <h2>{t('notices.browser.title')}</h2>
      <p role="status">{t(`notices.browser.is.${permission}`)}</p>
      <Group gap={8}>
        {permission === 'default' && <Button onClick={allow}>{t('notices.browser.allow')}</Button>}
        <Button variant="default" leftSection={<IconVolume size={16} stroke={1.8} />} onClick={test}>
          {t('notices.browser.test')}
        </Button>
        {install && (
          <Button variant="default" leftSection={<IconDownload size={16} stroke={1.8} />} onClick={install}>
            {t('notices.browser.install')}
          </Button>
        )}
      </Group>
    </section>
  );
}
