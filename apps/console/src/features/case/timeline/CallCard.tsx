import {
  IconPhoneCheck,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconRecordMail,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallView } from '@loket/contracts/call-views.js';
import type { CallOutcome } from '@loket/contracts/calls.js';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { AgentFace } from '../../../ui/Face.js';
import { Linked } from '../../../ui/Linked.js';
import { useFormat } from '../../../ui/useFormat.js';
import { callTime } from './call-time.js';
import { Attachments } from './Attachments.js';
import { CallRecording } from './CallRecording.js';
import s from '../components/case.module.css';
import p from './call.module.css';

const outcomeIcons: Record<CallOutcome, typeof IconPhoneOff> = {
  answered: IconPhoneCheck,
  missed: IconPhoneOff,
  abandoned: IconPhoneOff,
  voicemail: IconRecordMail,
  busy: IconPhoneOff,
  failed: IconPhoneOff,
};

interface CallCardProps {
  message: TimelineMessage;
  call: CallView;
  /** beside the time */
  marks: ReactNode;
}

/** A telephone call as what it is: which way, how it ended, how long, who, and what was noted. */
export function CallCard({ message, call, marks }: CallCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = t(`case.call.${call.direction}`);
  const Direction = call.direction === 'inbound' ? IconPhoneIncoming : IconPhoneOutgoing;
  const Outcome = outcomeIcons[call.outcome];
  const number = call.number === null ? t('case.call.withheld') : format.phone(call.number);
  const agent = message.agent?.name ?? call.agent;
  const facts = [
    call.talkSeconds ? t('case.call.talked', { time: callTime(call.talkSeconds) }) : null,
    call.ringSeconds ? t('case.call.rang', { time: callTime(call.ringSeconds) }) : null,
    call.queue && t('case.call.queue', { name: call.queue }),
  ].filter((fact) => fact !== null);
  return (
    <article
      className={s.mail}
      data-mine={message.direction === 'outbound' || undefined}
      data-message={message.id}
      tabIndex={-1}
      aria-label={`${title}, ${t(`case.call.outcome.${call.outcome}`)}`}
    >
      <div className={s.by}>
        <Direction size={17} stroke={1.8} aria-hidden />
        <b>{title}</b>
        <span className="cut">{call.name ? `${call.name} · ${number}` : number}</span>
        <span className={s.stamp}>
          {marks}
          <time dateTime={call.startedAt} title={format.full(call.startedAt)}>
            {format.time(call.startedAt)}
          </time>
        </span>
      </div>
      <div className={p.facts}>
        <span className={p.outcome} data-outcome={call.outcome}>
          <Outcome size={15} stroke={1.9} aria-hidden />
          {t(`case.call.outcome.${call.outcome}`)}
        </span>
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {agent && (
          <span className={p.agent}>
            <AgentFace agent={{ id: message.agent?.id ?? null, name: agent }} size={16} silent />
            {agent}
          </span>
        )}
      </div>
      {call.disposition && (
        <p className={p.result}>
          {t('case.call.result')}: <b>{call.disposition}</b>
        </p>
      )}
      {call.notes && (
        <div className={s.text}>
          <Linked text={call.notes} />
        </div>
      )}
      {call.recording && <CallRecording messageId={message.id} recording={call.recording} />}
      <Attachments files={message.attachments} withInline />
    </article>
  );
}
