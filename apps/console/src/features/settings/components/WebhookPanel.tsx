import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { reachOf } from '../webhook-reach.js';
import { hasStored } from '../whatsapp-form.js';
import { CopyBox } from './CopyBox.js';
import s from './settings.module.css';
import w from './whatsapp.module.css';

const steps = ['open', 'paste', 'subscribe', 'try'] as const;

/**
 * What is left to do at Meta before messages come in.
 * @param verifyToken while it is still known: until the page is left
 */
export function WebhookPanel({ channel, verifyToken }: { channel: Channel; verifyToken: string | null }) {
  const { t } = useTranslation();
  const { origin } = window.location;
  const reach = reachOf(origin);
  const kept = hasStored(channel.config, 'verifyToken');
  return (
    <section className={s.panel}>
      <h2>{t('settings.webhook.title')}</h2>
      <p>{t('settings.webhook.intro')}</p>
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
        <div>
          <dt>{t('settings.whatsapp.verifyToken')}</dt>
          <dd>
            {verifyToken ? (
              <>
                <CopyBox text={verifyToken} label={t('settings.whatsapp.verifyToken')} />
                <p className={w.under}>{t('settings.webhook.tokenNow')}</p>
              </>
            ) : (
              <p className={w.under}>
                {t(kept ? 'settings.webhook.tokenStored' : 'settings.webhook.tokenNone')}
              </p>
            )}
          </dd>
        </div>
      </dl>
      {reach !== 'ok' && (
        <div className={`${s.note} ${w.apart}`}>{t(`settings.webhook.reach.${reach}`, { origin })}</div>
      )}
      <ol className={w.steps}>
        {steps.map((step) => (
          <li key={step}>{t(`settings.webhook.step.${step}`)}</li>
        ))}
      </ol>
    </section>
  );
}
