import { Checkbox } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconChecks, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { IncidentDelivery } from '@loket/contracts/incidents.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { deliveryWord, outcomeOf } from '../delivery-words.js';
import s from './incidents.module.css';

interface DeliveriesProps {
  deliveries: readonly IncidentDelivery[];
  /** before sending: who is left out can be chosen */
  choice?: { left: ReadonlySet<string>; onToggle: (caseId: string) => void };
}

/** One line a customer: who, by which channel, and where it stands. */
export function Deliveries({ deliveries, choice }: DeliveriesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  return (
    <ul className={s.deliveries} data-choice={choice ? true : undefined}>
      {deliveries.map((one, n) => {
        const name = nameOf({ name: one.customerName, address: one.address });
        const address = one.address === null ? '' : format.phone(one.address);
        const id = `reach-${one.caseId}`;
        return (
          // two cases that have become one since stand here under one id
          <li key={`${one.caseId} ${String(n)}`} data-o={choice ? undefined : outcomeOf(one)}>
            {choice && (
              <Checkbox
                id={id}
                size="xs"
                checked={one.blocked === null && !choice.left.has(one.caseId)}
                disabled={one.blocked !== null}
                onChange={() => choice.onToggle(one.caseId)}
              />
            )}
            {one.channelKind ? <ChannelMark kind={one.channelKind} size={14} /> : <span />}
            <label className={s.person} {...(choice && { htmlFor: id })}>
              <span className="cut">{name}</span>
              {address && address !== name && <small className="cut">{address}</small>}
            </label>
            <Link className={s.caseNo} href={`/inbox/all/${one.caseNumber}`}>
              #{one.caseNumber}
            </Link>
            <span className={s.mark}>
              {choice ? (
                one.blocked !== null ? (
                  deliveryWord(t, one)
                ) : (
                  one.caseStatus === 'resolved' && t('incidents.caseStatus.resolved')
                )
              ) : (
                <Mark delivery={one} />
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Mark({ delivery }: { delivery: IncidentDelivery }) {
  const { t } = useTranslation();
  const outcome = outcomeOf(delivery);
  const twice = delivery.state === 'delivered' || delivery.state === 'read';
  const Icon =
    outcome === 'bad' ? IconAlertCircle : outcome === 'waiting' ? IconClock : twice ? IconChecks : IconCheck;
  return (
    <>
      <Icon size={15} stroke={1.9} aria-hidden data-read={delivery.state === 'read' || undefined} />
      <span>{deliveryWord(t, delivery)}</span>
    </>
  );
}
