import { Button } from '@mantine/core';
import {
  IconAlertCircle,
  IconArrowForwardUp,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  IconTemplate,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { DeliveryState } from '@loket/contracts/outbound.js';
import { errorText } from '../../../api/error-text.js';
import { putItem } from '../../../api/patch.js';
import { useChannelName } from '../../../ui/ChannelMark.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { retryMessage } from '../api.js';
import { useDesk } from '../desk.js';
import s from '../components/case.module.css';
import c from './chat.module.css';

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

/** Reasons that trying again does not change: only a template, or another channel, gets through. */
const closed: ReadonlySet<string> = new Set(['window_closed', 'whatsapp_window_closed']);

/** What went wrong with a sent message, in words, and the ways on: again, as a template, on another channel. */
export function DeliveryProblem({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const desk = useDesk();
  const channelName = useChannelName();
  const [busy, setBusy] = useState(false);
  const bad = message.state === 'failed' || message.state === 'uncertain';
  if (!bad && !message.bouncedBy) return null;
  const reason = message.stateReason
    ? t(`case.failure.${message.stateReason}`, { defaultValue: t('case.failure.other') })
    : t(message.bouncedBy ? 'case.failure.bounced' : 'case.failure.other');
  const past = message.stateReason !== null && closed.has(message.stateReason);
  const other = message.state === 'failed' ? desk.wayOn(message) : null;
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
      <div className={c.ways}>
        {other && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowForwardUp size={15} stroke={1.8} />}
            onClick={() => desk.wish({ kind: 'go_on', message, option: other })}
          >
            {t('case.goOn', { channel: channelName(other.channelKind) })}
          </Button>
        )}
        {past && desk.hasTemplates(message.channelId) ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconTemplate size={15} stroke={1.8} />}
            onClick={() => desk.wish({ kind: 'template', channelId: message.channelId })}
          >
            {t('case.template.choose')}
          </Button>
        ) : (
          bad && (
            <Button size="xs" variant="default" loading={busy} onClick={() => void retry()}>
              {t(message.state === 'uncertain' ? 'case.failure.sendAgain' : 'ui.retry')}
            </Button>
          )
        )}
      </div>
    </div>
  );
}
