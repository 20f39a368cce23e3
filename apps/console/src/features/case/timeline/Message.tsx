import {
  IconAlertTriangle,
  IconDeviceMobile,
  IconRobot,
  IconShieldOff,
  IconTemplate,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { AgentFace, Face } from '../../../ui/Face.js';
import { fileKind } from '../../../ui/file-kind.js';
import { useFormat } from '../../../ui/useFormat.js';
import { chatShape, isLoss } from './chat-shapes.js';
import { looks } from '../looks.js';
import { wordsOf } from './message-words.js';
import { templateTitle } from '../composer/template-form.js';
import { counterpart } from './timeline-rows.js';
import { CallCard } from './CallCard.js';
import { EditedMark, QuoteButton, Reactions } from './Changes.js';
import { CopyMark } from './CopyMark.js';
import { DeliveryProblem, Tick } from './Delivery.js';
import { MessageBody } from './MessageBody.js';
import { MessageMenu } from './MessageMenu.js';
import { PictureGrid } from './PictureGrid.js';
import { QuoteBlock } from './QuoteBlock.js';
import { WhyHere } from './WhyHere.js';
import s from '../components/case.module.css';
import c from './chat.module.css';

interface MessageProps {
  message: TimelineMessage;
  /** the same person goes on: no need to name him again */
  follows: boolean;
  /** null where it stands above already */
  subject: string | null;
  /** the same answer, sent on another way */
  copy: TimelineMessage | null;
}

export function Message({ message, follows, subject, copy }: MessageProps) {
  const mine = message.direction === 'outbound';
  return (
    <>
      {message.call ? (
        <CallCard
          message={message}
          call={message.call}
          marks={<Marks message={message} ids={[message.id]} />}
        />
      ) : looks[message.channelKind] === 'card' ? (
        <Card message={message} mine={mine} subject={subject} />
      ) : (
        <Bubble message={message} mine={mine} follows={follows} ids={[message.id]} photo={isPhoto(message)}>
          <Warnings message={message} />
          {message.quote && <QuoteBlock quote={message.quote} />}
          <MessageBody message={message} chat />
        </Bubble>
      )}
      {mine && !message.call && <DeliveryProblem message={message} />}
      {copy && <CopyMark copy={copy} />}
    </>
  );
}

/** Pictures that came in one go, as one. */
export function Album({ items, follows }: { items: readonly TimelineMessage[]; follows: boolean }) {
  const last = items.at(-1);
  if (!last) return null;
  const captioned = items.find((item) => item.text !== '');
  const pictures = items.flatMap((message) => message.attachments.map((file) => ({ file, message })));
  return (
    <Bubble
      message={last}
      mine={last.direction === 'outbound'}
      follows={follows}
      ids={items.map((item) => item.id)}
      photo
    >
      <PictureGrid pictures={pictures} />
      {captioned && <MessageBody message={{ ...captioned, attachments: [] }} chat />}
    </Bubble>
  );
}

/** The picture fills the bubble; words, if any, stand below it. */
function isPhoto({ attachments, quote, warnings, changes }: TimelineMessage): boolean {
  return (
    attachments.length > 0 &&
    attachments.every((file) => ['photo', 'video'].includes(fileKind(file.mediaType, file.name))) &&
    quote === null &&
    warnings.length === 0 &&
    !changes.some((change) => change.type === 'revoked')
  );
}

/** Stickers stand by themselves, without a bubble. */
function isBare({ attachments, quote, text, changes, warnings }: TimelineMessage): boolean {
  return (
    attachments.length === 1 &&
    attachments.every((file) => fileKind(file.mediaType, file.name) === 'sticker') &&
    text === '' &&
    quote === null &&
    warnings.length === 0 &&
    !changes.some((change) => change.type === 'revoked')
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
  const { from, to } = useNames(message);
  const copies = message.recipients.filter((recipient) => recipient.role === 'cc');
  return (
    <article
      className={s.mail}
      data-mine={mine || undefined}
      data-message={message.id}
      tabIndex={-1}
      aria-label={t('case.messageFrom', { name: from })}
    >
      <div className={s.by}>
        {mine ? (
          <AgentFace agent={{ id: message.agent?.id ?? null, name: from }} size={20} silent />
        ) : (
          <Face name={from} size={20} silent />
        )}
        <b className="cut">{from}</b>
        {to && (
          <span className="cut">
            {t('case.to', { address: to })}
            {copies.length > 0 &&
              ` · ${t('case.cc', { addresses: copies.map((copy) => copy.value).join(', ') })}`}
          </span>
        )}
        <span className={s.stamp}>
          <Marks message={message} ids={[message.id]} />
          <Time message={message} />
          {mine && <Tick message={message} />}
        </span>
      </div>
      {subject && <div className={s.subject}>{subject}</div>}
      <Warnings message={message} />
      <MessageBody message={message} />
      <Reactions reactions={wordsOf(message).reactions} mine={false} />
    </article>
  );
}

interface BubbleProps {
  message: TimelineMessage;
  mine: boolean;
  follows: boolean;
  ids: readonly string[];
  photo: boolean;
  children: ReactNode;
}

function Bubble({ message, mine, follows, ids, photo, children }: BubbleProps) {
  const { t } = useTranslation();
  const { from } = useNames(message);
  const elsewhere = mine && message.agent === null;
  const side = (
    <span className={s.tick}>
      {mine && <QuoteButton message={message} />}
      {mine && <Marks message={message} ids={ids} />}
      {mine && <Tick message={message} />}
      <Time message={message} />
      {!mine && <Marks message={message} ids={ids} />}
      {!mine && <QuoteButton message={message} />}
    </span>
  );
  const { reactions } = wordsOf(message);
  return (
    <article
      className={c.line}
      data-message={message.id}
      tabIndex={-1}
      aria-label={t('case.messageFrom', { name: from })}
    >
      {!follows && (
        <div className={s.by} style={mine ? { justifyContent: 'flex-end' } : undefined}>
          {!mine && <Face name={from} size={18} silent />}
          {elsewhere && (
            <span className={c.phone}>
              <IconDeviceMobile size={14} stroke={1.8} aria-hidden />
              {t('case.sentElsewhere')}
            </span>
          )}
          <b>{from}</b>
          {mine && <AgentFace agent={{ id: message.agent?.id ?? null, name: from }} size={18} silent />}
        </div>
      )}
      <div className={s.bline} data-mine={mine || undefined}>
        {mine && side}
        <div className={c.stack} data-mine={mine || undefined}>
          <div
            className={s.bub}
            data-mine={mine || undefined}
            data-photo={photo || undefined}
            data-bare={isBare(message) || undefined}
            data-shape={chatShape(message.text) ? true : undefined}
          >
            {children}
          </div>
          <Reactions reactions={reactions} mine={mine} />
        </div>
        {!mine && side}
      </div>
    </article>
  );
}

function Time({ message }: { message: TimelineMessage }) {
  const format = useFormat();
  return (
    <time dateTime={message.at} title={format.full(message.at)}>
      {format.time(message.at)}
    </time>
  );
}

/** Beside the time: why it stands here, what became of it, and where its original is. */
function Marks({ message, ids }: { message: TimelineMessage; ids: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <>
      <EditedMark words={wordsOf(message)} />
      {message.template && (
        <span className={s.auto} title={t('case.template.madeOf', { name: templateTitle(message.template) })}>
          <IconTemplate size={13} stroke={1.9} aria-hidden />
          {t('case.template.mark')}
        </span>
      )}
      {message.automatic && (
        <span className={s.auto} title={t('case.automatic.hint')}>
          <IconRobot size={13} stroke={1.9} aria-hidden />
          {t(`case.automatic.${message.automatic}`)}
        </span>
      )}
      {message.direction === 'inbound' && <WhyHere message={message} />}
      {!message.id.startsWith('local:') && <MessageMenu message={message} ids={ids} />}
    </>
  );
}

/** What a reader should know before believing what stands below. Of a file that did not come it is told in its place. */
function Warnings({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const failed = message.from.proof === 'failed';
  const told = message.warnings.filter((code) => !isLoss(code));
  if (!failed && told.length === 0) return null;
  return (
    <div className={s.warns}>
      {failed && (
        <p data-tone="danger">
          <IconShieldOff size={14} stroke={1.9} />
          {t('case.proofFailed', { domain: message.from.value.split('@').at(-1) })}
        </p>
      )}
      {told.map((code) => (
        <p key={code}>
          <IconAlertTriangle size={14} stroke={1.9} />
          {t(`case.warning.${code}`, { defaultValue: code.replaceAll('_', ' ') })}
        </p>
      ))}
    </div>
  );
}
