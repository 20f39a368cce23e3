import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, TimelineMessage } from '@loket/contracts/cases.js';
import { useCase, useTimeline } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { putCaseOperation, splitCase } from '../../../api/operations.js';
import { ChannelMark, ChannelMarks } from '../../../ui/ChannelMark.js';
import { openDialog, type DialogRequest } from '../../../ui/dialogs.js';
import { ButtonKeys } from '../../../ui/Keys.js';
import { Skeleton } from '../../../ui/Skeleton.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { messagesOf, suggestedSubject } from '../split-choice.js';
import { Frame } from './Frame.js';
import { lineText, SplitPick } from './SplitPick.js';
import s from './operations.module.css';

type Request = Extract<DialogRequest, { kind: 'split-case' }>;

/** Which messages go into a case of their own; both results stand beside the choice. */
export function SplitDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const detail = useCase(request.number).data;
  return detail ? <Split detail={detail} chosen={request.messageIds ?? []} onClose={onClose} /> : null;
}

/** The whole timeline: older pages are loaded as long as there are any. */
function useAllMessages(caseId: string): { messages: TimelineMessage[]; loading: boolean } {
  const timeline = useTimeline(caseId);
  const { hasNextPage, isFetching, fetchNextPage } = timeline;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const messages = useMemo(
    () => messagesOf((timeline.data?.pages ?? []).toReversed().flatMap((page) => page.items)),
    [timeline.data],
  );
  return { messages, loading: timeline.isPending || hasNextPage };
}

function Split({
  detail,
  chosen,
  onClose,
}: {
  detail: CaseDetail;
  chosen: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { messages, loading } = useAllMessages(detail.id);
  const [out, setOut] = useState<ReadonlySet<string>>(() => new Set(chosen));
  const [subject, setSubject] = useState<string | null>(null);
  const moving = messages.filter((message) => out.has(message.id));
  const staying = messages.filter((message) => !out.has(message.id));
  const title = subject ?? suggestedSubject(moving);
  const possible = moving.length > 0 && staying.length > 0;

  const split = async () => {
    if (!possible) return;
    onClose();
    try {
      const wanted = subject?.trim();
      const answer = await splitCase(
        detail,
        moving.map((message) => message.id),
        wanted ? { subject: wanted } : {},
      );
      putCaseOperation(client, answer);
      showToast({
        text: t('operations.split.done', { from: detail.number, into: answer.case.number }),
        undo: () => openDialog({ kind: 'undo', operationId: answer.operation.id }),
      });
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };

  return (
    <Frame
      title={t('operations.split.title', { number: detail.number })}
      onClose={onClose}
      onConfirm={() => void split()}
    >
      <div className={s.cols}>
        <div className={s.col}>
          <h3 id="split-choose">{t('operations.split.choose')}</h3>
          {messages.length === 0 ? (
            <Skeleton lines={5} gap={16} />
          ) : (
            <SplitPick messages={messages} out={out} onOut={setOut} />
          )}
          {loading && messages.length > 0 && <p className={s.hint}>{t('ui.loading')}</p>}
          <p className={s.hint}>
            {t('operations.split.notesStay', { number: detail.number })}{' '}
            <span className={s.keysHint}>{t('operations.split.keys')}</span>
          </p>
        </div>
        <div className={s.col}>
          <TextInput
            label={t('operations.split.subject')}
            placeholder={t('operations.split.subjectHint')}
            maxLength={1000}
            mb={14}
            value={title}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
          <h3>{t('operations.result')}</h3>
          <Result
            head={t('operations.split.stays', { number: detail.number })}
            subject={detail.subject}
            messages={staying}
          />
          <Result
            head={t('operations.split.new')}
            subject={title || t('operations.noSubject')}
            messages={moving}
          />
        </div>
      </div>
      <footer className={s.foot}>
        <p>{t('operations.split.harmless')}</p>
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          disabled={!possible}
          onClick={() => void split()}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          rightSection={<ButtonKeys keys="⌘ ↵" />}
        >
          {t('operations.split.do')}
        </Button>
      </footer>
    </Frame>
  );
}

const most = 12;

function Result({
  head,
  subject,
  messages,
}: {
  head: string;
  subject: string;
  messages: readonly TimelineMessage[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const kinds = [...new Set(messages.map((message) => message.channelKind))];
  return (
    <section className={s.res} aria-label={head}>
      <div className={s.resHead}>
        <b className="cut">{messages.length > 0 ? subject : t('operations.split.empty')}</b>
        <div>
          <span className="num">{head}</span>
          <ChannelMarks kinds={kinds} size={13} />
          <span className="grow" />
          <span className="num">
            {t('operations.moved.messages', { count: messages.length, n: format.number(messages.length) })}
          </span>
        </div>
      </div>
      {messages.slice(0, most).map((message) => (
        <div key={message.id} className={s.ln}>
          <time dateTime={message.at}>{format.time(message.at)}</time>
          <ChannelMark kind={message.channelKind} size={13} />
          <span className="cut">{lineText(t, message)}</span>
        </div>
      ))}
      {messages.length > most && (
        <p className={s.moved}>{t('operations.split.more', { n: format.number(messages.length - most) })}</p>
      )}
    </section>
  );
}
