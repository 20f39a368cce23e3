import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCalendarClock, IconClock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import type { HeldReply } from '@loket/contracts/held-replies.js';
import { errorText } from '../../../api/error-text.js';
import {
  dropHeld,
  holdReply,
  putHeld,
  rescheduleReply,
  sendHeldNow,
  takeBackReply,
  useHeldReplies,
} from '../../../api/held-replies.js';
import { keys } from '../../../api/keys.js';
import { putItem } from '../../../api/patch.js';
import { useMe } from '../../../api/session.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { AgentFace } from '../../../ui/Face.js';
import { FileIcon } from '../../../ui/FileIcon.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useDesk } from '../desk.js';
import type { Later } from '../composer/useSend.js';
import { ScheduleDialog } from '../composer/ScheduleDialog.js';
import s from '../composer/composer.module.css';

/** Below the timeline: answers that have not left yet, what leaves first first. */
export function HeldReplies({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation();
  const held = useHeldReplies(detail.id).data ?? [];
  if (held.length === 0) return null;
  return (
    <ol className={s.held} aria-label={t('case.held.label')}>
      {held.map((reply) => (
        <HeldRow key={reply.id} reply={reply} />
      ))}
    </ol>
  );
}

/** What can be done with one of them. Each tells in one sentence what became of it when it did not work. */
function useHeldActions(reply: HeldReply) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const again = () => void client.invalidateQueries({ queryKey: keys.heldReplies(reply.caseId) });
  const tryTo = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
      again();
    } finally {
      setBusy(false);
    }
  };
  const takeBack = async () => {
    const back = await takeBackReply(reply.id);
    dropHeld(client, reply.caseId, reply.id);
    return back;
  };
  /** The same once more, where somebody took it back by mistake. */
  const restore = async ({ channelId, identityId, text, html, attachments, quoteId, status }: HeldReply) => {
    const body = {
      ...{ channelId, identityId, text, attachments },
      ...(html && { html }),
      ...(quoteId && { quoteId }),
      ...(status && { status }),
    };
    const wish = { reply: body, sendAt: reply.sendAt, onNews: reply.onNews };
    putHeld(client, await holdReply(reply.caseId, wish, crypto.randomUUID()));
  };
  return {
    busy,
    edit: () => tryTo(async () => desk.wish({ kind: 'held', reply: await takeBack() })),
    cancel: () =>
      tryTo(async () => {
        const back = await takeBack();
        showToast({ text: t('case.held.cancelled'), undo: () => void tryTo(() => restore(back)) });
      }),
    sendNow: () =>
      tryTo(async () => {
        const message = await sendHeldNow(reply.id);
        dropHeld(client, reply.caseId, reply.id);
        putItem(client, message);
      }),
    moveTo: ({ sendAt, onNews }: Later) =>
      tryTo(async () =>
        putHeld(client, await rescheduleReply(reply.id, { sendAt: sendAt.toISOString(), onNews })),
      ),
  };
}

function HeldRow({ reply }: { reply: HeldReply }) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const [moving, setMoving] = useState(false);
  const { busy, edit, cancel, sendNow, moveTo } = useHeldActions(reply);
  const { state, agent, text, attachments, news, onNews } = reply;
  const Icon = { held: IconClock, scheduled: IconCalendarClock, kept_back: IconAlertTriangle }[state];
  const title = {
    held: t('case.held.sending'),
    scheduled: t('case.held.scheduledFor', { at: format.full(reply.sendAt) }),
    kept_back: t('case.held.keptBack'),
  }[state];
  const why =
    state === 'kept_back'
      ? t(`case.held.reason.${reply.reason}`, {
          defaultValue: t(`api.error.${reply.reason}`, { defaultValue: t('case.held.reason.other') }),
        })
      : state === 'scheduled' && news && onNews === 'keep_back'
        ? t(`case.held.news.${news}`)
        : null;
  return (
    <li className={s.heldRow} data-state={state} data-news={why ? true : undefined} aria-label={title}>
      <div className={s.heldHead}>
        <Icon size={15} stroke={1.9} aria-hidden />
        <b>{title}</b>
        <span className="grow" />
        <ChannelMark kind={reply.channelKind} size={14} />
        <AgentFace agent={agent} size={18} silent={agent.id === me.id} />
      </div>
      <p className={s.heldText}>{text}</p>
      {attachments.map((file) => (
        <p key={file.sha256} className={s.heldFile}>
          <FileIcon mediaType={file.mediaType} name={file.name} />
          <span className="cut">{file.name}</span>
        </p>
      ))}
      {why && (
        <p className={s.heldWhy} role={state === 'kept_back' ? 'alert' : undefined}>
          {why}
        </p>
      )}
      <div className={s.heldActs}>
        {state === 'held' ? (
          <Button size="xs" variant="default" loading={busy} onClick={() => void edit()}>
            {t('ui.undo')}
          </Button>
        ) : (
          <>
            <Button size="xs" variant="default" disabled={busy} onClick={() => void sendNow()}>
              {t('case.held.sendNow')}
            </Button>
            <Button size="xs" variant="default" disabled={busy} onClick={() => setMoving(true)}>
              {t('case.held.otherTime')}
            </Button>
            <Button size="xs" variant="default" disabled={busy} onClick={() => void edit()}>
              {t('case.held.edit')}
            </Button>
            <Button size="xs" variant="default" disabled={busy} onClick={() => void cancel()}>
              {t('case.held.cancel')}
            </Button>
          </>
        )}
      </div>
      {moving && <ScheduleDialog onPick={(later) => void moveTo(later)} onClose={() => setMoving(false)} />}
    </li>
  );
}
