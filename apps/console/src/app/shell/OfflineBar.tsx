import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../api/live.js';
import { useLate } from '../../ui/Skeleton.js';
import s from './shell.module.css';

/** A lost connection is told after 1.5 s, not at every blink of the network. */
export function OfflineBar() {
  const { t } = useTranslation();
  const offline = useLate(useConnection() === 'offline', 1500);
  return (
    <div role="status">
      {offline && (
        <div className={s.offline}>
          <IconCloudOff size={15} stroke={1.8} />
          <span>{t('app.offline')}</span>
        </div>
      )}
    </div>
  );
}
