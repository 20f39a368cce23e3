import { Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsSplit2,
  IconDots,
  IconFileText,
  IconMessages,
  IconRobot,
  IconShieldOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { openDialog } from '../../../ui/dialogs.js';
import { AgentFace, Face } from '../../../ui/Face.js';
import { useFormat } from '../../../ui/useFormat.js';
import { rawUrl } from '../api.js';
import { useOpenCase } from '../open-case.js';
import { useThreadIds } from '../thread-actions.js';
import { counterpart } from '../timeline-rows.js';
import { DeliveryProblem, Tick } from './Delivery.js';
import { MessageBody } from './MessageBody.js';
import { WhyHere } from './WhyHere.js';
import s from './case.module.css';

/** Letters stand on cards, chat lines in bubbles. */
const looks: Record<ChannelKind, 'card' | 'bubble'> = {
  email: 'card',
  phone: 'card',
  whatsapp: 'bubble',
  webchat: 'bubble',
};

interface MessageProps {
  message: TimelineMessage;
  /** the same person goes on: no need to name him again */
  follows: boolean;
  /** null where it stands above already */
  subject: string | null;
}

export function Message({ message, follows, subject }: MessageProps) {
  const mine = message.direction === 'outbound';
  return (
    <>
      {looks[message.channelKind] === 'card' ? (
        <Card message={message} mine={mine} subject={subject} />
      ) : (
        <Bubble message={message} mine={mine} follows={follows} />
      )}
      {mine && <DeliveryProblem message={message} />}
    </>
  );
}

function useNames(message: TimelineMessage) {
  const { t } = useTranslation();
  const format = useFormat();
  if (message.direction === 'outbound')
    return { from: message.agent?.name ?? t('case.us'), to: counterpart(message) };
  return {
    from: message.from.name ?? format.phone(message.from.value),
    to: message.recipients.find((recipient) => recipient.role === 'to')?.value ?? '',
  };
}

function Card({
  message,
  mine,
  subject,
}: {
  message: TimelineMessage;
  mine: boolean;
  subject: string | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, to } = useNames(message);
  const copies = message.recipients.filter((recipient) => recipient.role === 'cc');
  return (
    <article
      className={s.mail}
      data-mine={mine || undefined}
      aria-label={t('case.messageFrom', { name: from })}
    >
      <div className={s.by}>
        {mine ? <AgentFace agent={{ name: from }} size={20} silent /> : <Face name={from} size={20} silent />}
        <b className="cut">{from}</b>
        {to && (
          <span className="cut">
            {t('case.to', { address: to })}
            {copies.length > 0 && ` · ${t('case.cc', { addresses: copies.map((c) => c.value).join(', ') })}`}
          </span>
        )}
        <span className={s.stamp}>
          <Marks message={message} />
          <time dateTime={message.at} title={format.full(message.at)}>
            {format.time(message.at)}
          </time>
          {mine && <Tick message={message} />}
        </span>
      </div>
      {subject && <div className={s.subject}>{subject}</div>}
      <Warnings message={message} />
      <MessageBody message={message} />
    </article>
  );
}

function Bubble({ message, mine, follows }: { message: TimelineMessage; mine: boolean; follows: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from } = useNames(message);
  const side = (
    <span className={s.tick}>
      {mine && <Tick message={message} />}
      <time dateTime={message.at} title={format.full(message.at)}>
        {format.time(message.at)}
      </time>
      <Marks message={message} />
    </span>
  );
  return (
    <article aria-label={t('case.messageFrom', { name: from })}>
      {!follows && (
        <div className={s.by} style={mine ? { justifyContent: 'flex-end' } : undefined}>
          {!mine && <Face name={from} size={18} silent />}
          <b>{from}</b>
          {mine && <AgentFace agent={{ name: from }} size={18} silent />}
        </div>
      )}
      <div className={s.bline} data-mine={mine || undefined}>
        {mine && side}
        <div className={s.bub} data-mine={mine || undefined}>
          <Warnings message={message} />
          <MessageBody message={message} />
        </div>
        {!mine && side}
      </div>
    </article>
  );
}

/** Beside the time: why it stands here, and where its original is. */
function Marks({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  return (
    <>
      {message.automatic && (
        <span className={s.auto} title={t('case.automatic.hint')}>
          <IconRobot size={13} stroke={1.9} aria-hidden />
          {t(`case.automatic.${message.automatic}`)}
        </span>
      )}
      {message.direction === 'inbound' && <WhyHere message={message} />}
      {!message.id.startsWith('local:') && <More message={message} />}
    </>
  );
}

/** What can be done with one message. */
function More({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const number = useOpenCase();
  const threadIds = useThreadIds();
  const split = (messageIds: string[]) => openDialog({ kind: 'split-case', number, messageIds });
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <button className={s.whyBtn} aria-label={t('case.messageMore')}>
          <IconDots size={14} stroke={1.9} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowsSplit2 size={15} />} onClick={() => split([message.id])}>
          {t('case.act.splitMessage')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMessages size={15} />} onClick={() => split(threadIds(message))}>
          {t('case.act.splitThread')}
        </Menu.Item>
        {message.hasRaw && (
          <>
            <Menu.Divider />
            <Menu.Item
              component="a"
              href={rawUrl(message.id)}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconFileText size={15} />}
            >
              {t('case.original')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What a reader should know before believing what stands below. */
function Warnings({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const failed = message.from.proof === 'failed';
  if (!failed && message.warnings.length === 0) return null;
  return (
    <div className={s.warns}>
      {failed && (
        <p data-tone="danger">
          <IconShieldOff size={14} stroke={1.9} />
          {t('case.proofFailed', { domain: message.from.value.split('@').at(-1) })}
        </p>
      )}
      {message.warnings.map((code) => (
        <p key={code}>
          <IconAlertTriangle size={14} stroke={1.9} />
          {t(`case.warning.${code}`, { defaultValue: code.replaceAll('_', ' ') })}
        </p>
      ))}
    </div>
  );
}
