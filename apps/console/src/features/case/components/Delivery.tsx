import { Button } from '@mantine/core';
import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import { errorText } from '../../../api/error-text.js';
import { putItem } from '../../../api/patch.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { retryMessage } from '../api.js';
import s from './case.module.css';

const marks: Record<DeliveryState, typeof IconCheck> = {
  pending: IconClock,
  sending: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconAlertCircle,
  uncertain: IconHelpCircle,
};

/** Clock, tick, two ticks; the word stands beside it for those who do not see it. */
export function Tick({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!message.state) return null;
  const Mark = marks[message.state];
  const word = t(`case.state.${message.state}`);
  const title = message.stateAt ? `${word} · ${format.full(message.stateAt)}` : word;
  return (
    <span className={s.tickMark} data-s={message.state} role="img" aria-label={word} title={title}>
      <Mark size={15} stroke={1.9} />
    </span>
  );
}

/** What went wrong with a sent message, in words, and the way to send it again. */
export function DeliveryProblem({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const bad = message.state === 'failed' || message.state === 'uncertain';
  if (!bad && !message.bouncedBy) return null;
  const reason = message.stateReason
    ? t(`case.failure.${message.stateReason}`, { defaultValue: t('case.failure.other') })
    : t(message.bouncedBy ? 'case.failure.bounced' : 'case.failure.other');
  const retry = async () => {
    setBusy(true);
    try {
      putItem(client, await retryMessage(message.id));
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={s.problem} data-s={message.state}>
      <div className="grow">
        <b>{t(message.state === 'uncertain' ? 'case.failure.uncertainTitle' : 'case.failure.title')}</b>
        <p>{reason}</p>
        {message.stateDetail && <p className={s.verbatim}>{message.stateDetail}</p>}
      </div>
      {bad && (
        <Button size="xs" variant="default" loading={busy} onClick={() => void retry()}>
          {t(message.state === 'uncertain' ? 'case.failure.sendAgain' : 'ui.retry')}
        </Button>
      )}
    </div>
  );
}
