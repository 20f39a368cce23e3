import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { reachOf } from '../webhook-reach.js';
import { CopyBox } from './CopyBox.js';
import s from './settings.module.css';

/** Where the telephone system tells its calls. */
export function CallWebhookPanel({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { origin } = window.location;
  const reach = reachOf(origin);
  const { format } = (channel.config['webhook'] ?? {}) as { format?: string };
  return (
    <section className={s.panel}>
      <h2>{t('settings.phone.webhookTitle')}</h2>
      <p>{t(`settings.phone.webhookHow.${format ?? 'generic'}`)}</p>
      <dl className={s.kv}>
        <div>
          <dt>{t('settings.webhook.address')}</dt>
          <dd>
            <CopyBox
              text={`${origin}/api/v1/channels/${channel.id}/webhook`}
              label={t('settings.webhook.address')}
            />
          </dd>
        </div>
      </dl>
      {reach !== 'ok' && <div className={s.note}>{t(`settings.phone.reach.${reach}`, { origin })}</div>}
    </section>
  );
}
