import { Button } from '@mantine/core';
import { IconPhoneIncoming, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Ringing } from '@loket/contracts/call-views.js';
import { ringing, useRinging } from '../../api/ringing.js';
import { openCallDock } from '../../ui/call-dock.js';
import { Face } from '../../ui/Face.js';
import { useFormat } from '../../ui/useFormat.js';
import s from './components/calls.module.css';

/** Who is calling right now. The region is there from the start, so that screen readers say what comes into it. */
export function ScreenPops() {
  const { t } = useTranslation();
  const calls = useRinging();
  return (
    <section className={s.pops} aria-label={t('calls.pop.region')} aria-live="polite">
      {calls.map((call) => (
        <Pop key={call.callId} call={call} />
      ))}
    </section>
  );
}

function Pop({ call }: { call: Ringing }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, go] = useLocation();
  const { caller } = call;
  const number = call.number === null ? t('calls.pop.withheld') : format.phone(call.number);
  const name = caller?.name ?? call.name ?? (call.number === null ? number : t('calls.pop.unknown'));
  const open = caller?.cases.filter(({ status }) => status !== 'resolved') ?? [];
  const [first] = open.filter(({ callback }) => callback).concat(open);
  const log = () => {
    const { channelId, callId, direction, number: dialled } = call;
    openCallDock({
      ...{ channelId, callId, direction, name: caller ? '' : (call.name ?? '') },
      ...{
        number: dialled ?? '',
        withheld: dialled === null,
        startedAt: Date.parse(call.at),
        stoppedAt: null,
      },
      ...(first ? { where: first.id, whereNumber: first.number } : { where: 'new', whereNumber: null }),
    });
    ringing.dismiss(callId);
  };
  return (
    <article className={s.pop} aria-label={t('calls.pop.from', { name })} data-call={call.callId}>
      <header className={s.popHead}>
        <IconPhoneIncoming size={15} stroke={1.9} aria-hidden />
        <span className="cut grow">
          {t(call.state === 'ringing' ? 'calls.pop.rings' : 'calls.pop.speaks')} ·{' '}
          {call.queue ?? call.channelName}
        </span>
        <button aria-label={t('ui.close')} onClick={() => ringing.dismiss(call.callId)}>
          <IconX size={16} />
        </button>
      </header>
      <div className={s.who}>
        <Face name={name} size={36} silent />
        <span style={{ minWidth: 0 }}>
          <b className="cut">{name}</b>
          {name !== number && <span className="num">{number}</span>}
        </span>
      </div>
      {open.length > 0 && (
        <ul className={s.cases} aria-label={t('calls.pop.cases')}>
          {open.map((one) => (
            <li key={one.id}>
              <Link href={`/inbox/all/${one.number}`}>
                <span className="num">#{one.number}</span>
                <span className="cut">{one.subject}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className={s.acts}>
        {first && (
          <Button size="xs" variant="default" onClick={() => go(`/inbox/all/${first.number}`)}>
            {t('calls.pop.open')}
          </Button>
        )}
        <Button size="xs" onClick={log}>
          {t('calls.pop.log')}
        </Button>
      </div>
    </article>
  );
}
