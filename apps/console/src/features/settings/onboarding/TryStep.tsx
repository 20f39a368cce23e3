import { Button } from '@mantine/core';
import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Channel } from '@loket/contracts/channels.js';
import { useCaseCounts } from '../../../api/cases.js';
import { useChannels } from '../../../api/channels.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { CopyBox } from '../components/CopyBox.js';
import { StatusLine, StatusReason } from '../components/StatusLine.js';
import { useNewestCase } from '../api.js';
import s from './onboarding.module.css';

/** Shows where to write to as a customer, and waits for what was written to become a case. */
export function TryStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { data: found, refetch } = useNewestCase();
  const channels = useChannels().data ?? [];
  const counts = useCaseCounts().data;
  // live events move the counts; looking again now and then is for a socket that cannot get through
  const missing = found === null || found === undefined;
  useEffect(() => {
    void refetch();
    if (!missing) return;
    const timer = setInterval(() => void refetch(), 10_000);
    return () => clearInterval(timer);
  }, [counts, missing, refetch]);
  const mail = channels.findLast(({ kind }) => kind === 'email');
  return (
    <>
      <div className={s.in}>
        <h1>{t('settings.onboarding.try.title')}</h1>
        <p>{t('settings.onboarding.try.intro')}</p>
        <div className={s.try}>
          <Ways channels={channels} />
          <section className={`${s.box} ${s.seen}`} aria-live="polite">
            <h2>{t('settings.onboarding.try.seen')}</h2>
            {found ? <Found summary={found} /> : <Waiting channel={mail} />}
          </section>
        </div>
      </div>
      <footer className={s.bot}>
        <span className="grow">{t('settings.onboarding.try.foot')}</span>
        <Button onClick={onDone}>
          {t(found ? 'settings.onboarding.try.open' : 'settings.onboarding.try.skip')}
        </Button>
      </footer>
    </>
  );
}

/** The demo shop is there without anything; a mailbox and a number when they are connected. */
function Ways({ channels }: { channels: readonly Channel[] }) {
  const { t, i18n } = useTranslation();
  // one of a kind is enough to try
  const addresses = (['email', 'whatsapp'] as const).flatMap((kind) => {
    const address = channels.find((channel) => channel.kind === kind && channel.address)?.address;
    return address ? [{ kind, address }] : [];
  });
  return (
    <section className={s.box}>
      <h2>{t('settings.onboarding.try.from')}</h2>
      <ol className={s.todo}>
        <li>
          <i>1</i>
          <div>
            <p>{t('settings.onboarding.try.shop')}</p>
            <Button
              component="a"
              href={`/demo/shop?lang=${i18n.language}`}
              target="_blank"
              rel="noopener"
              variant="default"
              mt={8}
              rightSection={<IconExternalLink size={14} aria-hidden />}
            >
              {t('settings.onboarding.try.openShop')}
            </Button>
          </div>
        </li>
        {addresses.map(({ kind, address }, index) => (
          <li key={kind}>
            <i>{index + 2}</i>
            <div>
              {t(kind === 'email' ? 'settings.onboarding.try.mailTo' : 'settings.onboarding.try.whatsappTo')}
              <CopyBox text={address} label={address} />
            </div>
          </li>
        ))}
        <li>
          <i>{addresses.length + 2}</i>
          <span>{t('settings.onboarding.try.watch')}</span>
        </li>
      </ol>
    </section>
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
          <span className="cut">{customer.name ?? format.phone(customer.address ?? '')}</span>
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

function Waiting({ channel }: { channel: Channel | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {channel && (
        <>
          <StatusLine channel={channel} />
          <StatusReason channel={channel} words />
        </>
      )}
      <p className={s.waiting}>{t('settings.onboarding.try.waiting')}</p>
    </>
  );
}
