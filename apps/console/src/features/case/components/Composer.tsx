import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLock, IconTemplate } from '@tabler/icons-react';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Upload } from '@loket/contracts/cases.js';
import { useChannels } from '../../../api/channels.js';
import { readDraft, writeDraft, type Draft, type DraftQuote } from '../../../api/drafts.js';
import { usePresence, useTellPresence } from '../../../api/live.js';
import { useMe } from '../../../api/session.js';
import { isMac, Keys } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useComposerCommands } from '../composer-commands.js';
import type { Wish } from '../desk.js';
import type { Mode } from '../local-item.js';
import { canAnswer, wayOn } from '../reply-window.js';
import { capability, quoteOf } from '../useDesk.js';
import { useDraft } from '../useDraft.js';
import { useGrowing, useTyping } from '../useWriting.js';
import { useQuoting } from '../useQuoting.js';
import { useReplyWindow } from '../useReplyWindow.js';
import { useSend } from '../useSend.js';
import { useUploads } from '../useUploads.js';
import { useWish } from '../useWish.js';
import { ChannelPick, optionKey } from './ChannelPick.js';
import { AttachButton, ComposerFiles } from './ComposerFiles.js';
import { ComposerNotices } from './ComposerNotices.js';
import { QuoteDraft } from './QuoteBlock.js';
import { SendButtons } from './SendButtons.js';
import { TemplatePicker } from './TemplatePicker.js';
import { WindowChip, WindowClosed } from './WindowNotice.js';
import s from './case.module.css';

interface ComposerProps {
  detail: CaseDetail;
  phone: boolean;
  /** Esc: back to where one came from; the draft is kept */
  onLeave: () => void;
  /** what a message in the timeline asks for */
  wish: Wish | null;
  onWishDone: () => void;
}

export function Composer({ detail, phone, onLeave, wish, onWishDone }: ComposerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const channels = useChannels().data;
  const options = detail.replyOptions;
  const usable = options.filter(canAnswer);
  const [way, setWay] = useState<string | null>(null);
  const chosen =
    usable.find((option) => optionKey(option) === way) ??
    usable.find((option) => option.preferred) ??
    usable[0];
  const [wantNote, setWantNote] = useState(false);
  const [templates, setTemplates] = useState(false);
  const mode: Mode = wantNote || !chosen ? 'note' : 'reply';
  const slot = mode === 'note' ? 'note' : (chosen?.channelId ?? 'note');
  const { draft, stored, change, clear } = useDraft(detail.id, slot);
  const window = useReplyWindow(chosen);
  const closed = mode === 'reply' && window.state === 'closed' ? window : null;
  const canQuote = mode === 'reply' && chosen && !closed && capability(channels, chosen.channelId, 'quotes');
  const hasTemplates = chosen !== undefined && capability(channels, chosen.channelId, 'templates');
  const quote = canQuote ? (draft.quote ?? null) : null;
  const area = useRef<HTMLTextAreaElement>(null);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => void (alive.current = false);
  }, []);

  const restore = (failed: Draft) => {
    if (!alive.current) {
      const now = readDraft(me.id, detail.id, slot);
      if (!now) writeDraft(me.id, detail.id, slot, failed);
      return;
    }
    change((now) => ({
      ...failed,
      text: now.text ? `${failed.text}\n\n${now.text}` : failed.text,
      attachments: [...failed.attachments, ...now.attachments],
      quote: now.quote ?? failed.quote ?? null,
    }));
  };
  const sending = useSend({ detail, mode, option: chosen, draft: { ...draft, quote }, clear, restore });
  const onUploaded = useCallback(
    (upload: Upload) => change((now) => ({ ...now, attachments: [...now.attachments, upload] })),
    [change],
  );
  const uploads = useUploads(onUploaded);

  const typing = useTyping(mode === 'reply' ? draft.text : '');
  useTellPresence(detail.id, typing ? 'typing' : 'viewing');
  const rival = usePresence(detail.id).find((agent) => agent.state === 'typing');

  useGrowing(area, draft.text, phone);
  const focus = useCallback((note: boolean) => {
    setWantNote(note);
    setTimeout(() => area.current?.focus(), 0);
  }, []);
  const setQuote = (next: DraftQuote | null) => change((now) => ({ ...now, quote: next }));
  useWish({
    wish,
    done: onWishDone,
    detail,
    current: mode === 'reply' && chosen ? optionKey(chosen) : null,
    choose: (key) => {
      setWay(key);
      setWantNote(false);
    },
    change,
    focus,
    openTemplates: () => setTemplates(true),
  });
  const stepQuote = useQuoting(detail.id);
  // keys may come faster than what they change is drawn
  const quoted = useRef(quote);
  quoted.current = quote;
  const quoteNext = (by: -1 | 1) => {
    if (!canQuote) return;
    const next = stepQuote(chosen.channelId, quoted.current?.messageId ?? null, by);
    quoted.current = next && quoteOf(next, t('case.us'));
    setQuote(quoted.current);
    area.current?.focus();
  };
  useComposerCommands(detail.number, {
    reply: () => focus(false),
    note: () => focus(true),
    quote: canQuote ? () => quoteNext(-1) : null,
    template: hasTemplates ? () => setTemplates(true) : null,
  });

  const empty = draft.text.trim() === '' && (mode === 'note' || draft.attachments.length === 0);
  const idle = empty || uploads.busy || sending.busy;
  const onKeyDown = (event: KeyboardEvent) => {
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const by = mod ? ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key] : undefined;
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (quote) return setQuote(null);
      area.current?.blur();
      onLeave();
    } else if (event.key === 'Enter' && mod) {
      event.preventDefault();
      if (!idle) void sending.send(event.shiftKey ? 'resolved' : 'pending');
    } else if (by && canQuote) {
      event.preventDefault();
      quoteNext(by);
    }
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0 || closed) return;
    event.preventDefault();
    uploads.add(event.dataTransfer.files);
  };
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  const other = chosen ? wayOn(options, chosen.channelId, new Date()) : null;

  return (
    <>
      <ComposerNotices
        caution={mode === 'reply' ? (chosen?.caution ?? null) : null}
        rival={mode === 'reply' ? (rival ?? null) : null}
        stale={sending.stale}
        problem={sending.problem}
        cannotReply={!chosen}
        onDismiss={() => {
          sending.clearProblem();
          sending.clearStale();
        }}
      />
      <div
        className={s.composer}
        data-note={mode === 'note' || undefined}
        onKeyDown={onKeyDown}
        onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
        onDrop={drop}
      >
        <div className={s.cTop}>
          {mode === 'note' || !chosen ? (
            <span className={s.pick}>
              <IconLock size={14} />
              <b>{t('case.composer.note')}</b>
              <span className="cut">{t('case.composer.hidden')}</span>
            </span>
          ) : (
            <ChannelPick options={options} chosen={chosen} onChoose={(option) => setWay(optionKey(option))} />
          )}
          <span className="grow" />
          {mode === 'reply' && chosen && <WindowChip window={window} option={chosen} />}
          {chosen && (
            <button
              className={s.pick}
              data-on={mode === 'note' || undefined}
              aria-pressed={mode === 'note'}
              onClick={() => focus(mode !== 'note')}
            >
              <IconLock size={13} stroke={1.9} />
              {t('case.composer.noteSwitch')}
              {!phone && <Keys keys="N" />}
            </button>
          )}
        </div>
        {closed && chosen ? (
          <WindowClosed
            window={closed}
            option={chosen}
            onTemplate={hasTemplates ? () => setTemplates(true) : null}
            wayOn={other}
            onWayOn={() => {
              if (other) setWay(optionKey(other));
              focus(false);
            }}
            phone={phone}
          />
        ) : (
          <>
            {quote && <QuoteDraft quote={quote} onRemove={() => setQuote(null)} />}
            <textarea
              ref={area}
              className={s.area}
              rows={2}
              maxLength={200_000}
              value={draft.text}
              aria-label={t(mode === 'note' ? 'case.composer.note' : 'case.composer.reply')}
              placeholder={t(
                mode === 'note' ? 'case.composer.notePlaceholder' : 'case.composer.replyPlaceholder',
              )}
              onChange={(event) => {
                const text = event.target.value;
                change((now) => ({
                  ...now,
                  text,
                  version: text === '' ? null : (now.version ?? detail.version),
                }));
              }}
              onPaste={paste}
            />
            <ComposerFiles
              files={draft.attachments}
              uploads={uploads}
              onRemove={(at) => change((now) => ({ ...now, attachments: now.attachments.toSpliced(at, 1) }))}
            />
            <div className={s.cBot}>
              <AttachButton phone={phone} onFiles={uploads.add} />
              {mode === 'reply' && hasTemplates && (
                <Tooltip label={t('case.template.choose')}>
                  <ActionIcon
                    size={phone ? 44 : 28}
                    aria-label={t('case.template.choose')}
                    onClick={() => setTemplates(true)}
                  >
                    <IconTemplate size={17} stroke={1.7} />
                  </ActionIcon>
                </Tooltip>
              )}
              <span className={s.saved}>
                {!empty &&
                  stored &&
                  (phone
                    ? t('case.composer.saved')
                    : `${t('case.composer.saved')} ${format.time(draft.savedAt)}`)}
              </span>
              <SendButtons
                mode={mode}
                phone={phone}
                idle={idle}
                clash={rival !== undefined}
                onSend={(status) => void sending.send(status)}
              />
            </div>
          </>
        )}
      </div>
      {templates && chosen && (
        <TemplatePicker
          option={chosen}
          customerName={detail.customer.name}
          phone={phone}
          busy={sending.busy}
          onSend={sending.sendTemplate}
          onClose={() => setTemplates(false)}
        />
      )}
    </>
  );
}
