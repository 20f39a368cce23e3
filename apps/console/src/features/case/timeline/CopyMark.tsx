import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import { useFormat } from '../../../ui/useFormat.js';
import { counterpart } from './timeline-rows.js';
import { DeliveryProblem, Tick } from './Delivery.js';
import c from './chat.module.css';

const words: Record<DeliveryState, 'pending' | 'sent' | 'failed' | 'uncertain'> = {
  pending: 'pending',
  sending: 'pending',
  sent: 'sent',
  delivered: 'sent',
  read: 'sent',
  failed: 'failed',
  uncertain: 'uncertain',
};

/** Below an answer: that it went by mail too, when, and what became of that. */
export function CopyMark({ copy }: { copy: TimelineMessage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = copy.bouncedBy ? 'failed' : words[copy.state ?? 'pending'];
  return (
    <>
      <p className={c.copy} data-message={copy.id} data-s={word} tabIndex={-1} title={t('case.copy.why')}>
        <IconMail size={14} stroke={1.8} aria-hidden />
        <span>{t(`case.copy.${word}`, { address: counterpart(copy) })}</span>
        <span className={c.copyWhen}>
          <Tick message={copy} />
          <time dateTime={copy.at} title={format.full(copy.at)}>
            {format.time(copy.at)}
          </time>
        </span>
      </p>
      <DeliveryProblem message={copy} />
    </>
  );
}
