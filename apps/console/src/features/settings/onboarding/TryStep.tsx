import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Channel } from '@loket/contracts/channels.js';
import { useCaseCounts } from '../../../api/cases.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { CopyBox } from '../components/CopyBox.js';
import { StatusLine, StatusReason } from '../components/StatusLine.js';
import { useNewestCase } from '../api.js';
import s from './onboarding.module.css';

/** Shows where to write to, and waits for the first mail to become a case. */
export function TryStep({ channel, onBack }: { channel: Channel; onBack: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { data: found, refetch } = useNewestCase(channel.id);
  const counts = useCaseCounts().data;
  // live events move the counts; looking again now and then is for a socket that cannot get through
  useEffect(() => {
    if (found) return;
    void refetch();
    const timer = setInterval(() => void refetch(), 10_000);
    return () => clearInterval(timer);
  }, [counts, found, refetch]);
  const address = channel.address ?? channel.name;
  return (
    <>
      <div className={s.in}>
        <h1>{t('settings.onboarding.try.title')}</h1>
        <p>{t('settings.onboarding.try.intro')}</p>
        <div className={s.try}>
          <section className={s.box}>
            <h2>{t('settings.onboarding.try.from')}</h2>
            <ol className={s.todo}>
              <li>
                <i>1</i>
                <div>
                  {t('settings.onboarding.try.mailTo')}
                  <CopyBox text={address} label={t('settings.email.address')} />
                </div>
              </li>
              <li>
                <i>2</i>
                <span>{t('settings.onboarding.try.watch')}</span>
              </li>
            </ol>
          </section>
          <section className={`${s.box} ${s.seen}`} aria-live="polite">
            <h2>{t('settings.onboarding.try.seen')}</h2>
            {found ? <Found summary={found} /> : <Waiting channel={channel} />}
          </section>
        </div>
      </div>
      <footer className={s.bot}>
        <span className="grow">{t('settings.onboarding.try.foot')}</span>
        <Button variant="subtle" onClick={onBack}>
          {t('ui.back')}
        </Button>
        <Button onClick={() => go('/inbox/all')}>
          {t(found ? 'settings.onboarding.try.open' : 'settings.onboarding.try.skip')}
        </Button>
      </footer>
    </>
  );
}

function Found({ summary }: { summary: CaseSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { customer, number, subject, preview, channelKinds, lastMessageAt } = summary;
  return (
    <>
      <Link href={`/inbox/all/${number}`} className={s.case}>
        <b className="cut">
          <span className="cut">{customer.name ?? customer.address}</span>
          <ChannelMarks kinds={channelKinds} />
        </b>
        <small className="num">{format.short(lastMessageAt)}</small>
        <span className="cut">{subject}</span>
        <span className="cut">
          <small>{preview}</small>
        </span>
      </Link>
      <p className={s.good}>
        <IconCheck size={15} stroke={2.2} />
        {t('settings.onboarding.try.arrived', { number })}
      </p>
    </>
  );
}

function Waiting({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const listening = channel.status === 'connected' || channel.status === 'ingress_only';
  return (
    <>
      <StatusLine channel={channel} />
      <StatusReason channel={channel} words />
      {listening && <p className={s.waiting}>{t('settings.onboarding.try.waiting')}</p>}
    </>
  );
}
