import { useCallback, useMemo, useRef, useState } from 'react';
import type { ClipboardEvent, DragEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Upload } from '@loket/contracts/cases.js';
import { useAgentRefs } from '../../../api/cases.js';
import { useChannels } from '../../../api/channels.js';
import type { DraftQuote } from '../../../api/drafts.js';
import { usePresence, useTellPresence } from '../../../api/live.js';
import { isMac } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useComposerCommands } from './composer-commands.js';
import { keepComposerHeight } from './composer-height.js';
import type { Wish } from '../desk.js';
import { wayOn } from './reply-window.js';
import { mentionsIn } from './triggers.js';
import { capability } from '../useDesk.js';
import { useDraft } from './useDraft.js';
import { useLost } from './useLost.js';
import { useNews } from './useNews.js';
import { useTyping } from './useWriting.js';
import { useQuoteKeys } from './useQuoting.js';
import { useReplyWindow } from './useReplyWindow.js';
import { useRich } from './useRich.js';
import { useSend } from './useSend.js';
import { useSendOnce } from './useSendOnce.js';
import { useSpelling } from './useSpelling.js';
import { useTyped } from './useTyped.js';
import { useUploads } from './useUploads.js';
import { useWay } from './useWay.js';
import { useWish } from './useWish.js';
import type { WritingHandle } from './writing.js';
import { optionKey } from './ChannelPick.js';
import { ComposerDialogs, type OpenDialog } from './ComposerDialogs.js';
import { ComposerFiles } from './ComposerFiles.js';
import { ComposerNotices } from './ComposerNotices.js';
import { ComposerTools } from './ComposerTools.js';
import { ComposerTop } from './ComposerTop.js';
import { PlainArea } from './PlainArea.js';
import { QuoteDraft } from '../timeline/QuoteBlock.js';
import { SendButtons } from './SendButtons.js';
import { TypedList } from './TypedList.js';
import { WindowClosed } from './WindowNotice.js';
import s from '../components/case.module.css';

interface ComposerProps {
  detail: CaseDetail;
  phone: boolean;
  /** Esc: back to where one came from; the draft is kept */
  onLeave: () => void;
  /** answered, and done with it */
  onFinished: () => void;
  /** what a message in the timeline asks for */
  wish: Wish | null;
  onWishDone: () => void;
}

export function Composer({ detail, phone, onLeave, onFinished, wish, onWishDone }: ComposerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const channels = useChannels().data;
  const agents = useAgentRefs().data;
  const { options, chosen, mode, slot, setWay, setWantNote } = useWay(detail);
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const { draft, kept, change, clear, putBack } = useDraft(detail.id, slot);
  const window = useReplyWindow(chosen);
  const closed = mode === 'reply' && window.state === 'closed' ? window : null;
  const can = (what: Parameters<typeof capability>[2]) =>
    mode === 'reply' && chosen !== undefined && capability(channels, chosen.channelId, what);
  const canQuote = can('quotes') && chosen && !closed;
  const hasTemplates = chosen !== undefined && capability(channels, chosen.channelId, 'templates');
  const quote = canQuote ? (draft.quote ?? null) : null;
  const area = useRef<WritingHandle>(null);
  const rich = useRich(can('html'), draft.html != null);
  const { language, spelling, choose: chooseSpelling } = useSpelling(detail.customer.id);

  const mentions = useMemo(() => {
    const named = new Set(mode === 'note' ? mentionsIn(draft.text, agents ?? []) : []);
    return agents?.filter(({ id }) => named.has(id)) ?? [];
  }, [mode, draft.text, agents]);
  const { news, newest } = useNews(detail.id, mode === 'reply' ? (draft.seenAt ?? null) : null);
  const sending = useSend({
    detail,
    mode,
    option: chosen,
    slot,
    draft: { ...draft, quote },
    mentions,
    to: agents?.find(({ id }) => id === draft.toAgentId) ?? null,
    clear,
    putBack,
    onFinished,
  });
  const [lost, forgetLost] = useLost({ detail, draft, forget: clear });
  const addFiles = useCallback(
    (files: readonly Upload[]) => change((now) => ({ ...now, attachments: [...now.attachments, ...files] })),
    [change],
  );
  const uploads = useUploads(useCallback((upload: Upload) => addFiles([upload]), [addFiles]));

  const typing = useTyping(mode === 'reply' ? draft.text : '');
  useTellPresence(detail.id, typing ? 'typing' : 'viewing');
  const rival = usePresence(detail.id).find((agent) => agent.state === 'typing');

  const focus = useCallback(
    (note: boolean) => {
      setWantNote(note);
      setTimeout(() => area.current?.focus(), 0);
    },
    [setWantNote],
  );
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
    openTemplates: () => setOpen('templates'),
  });
  const quoteNext = useQuoteKeys(detail.id, canQuote ? chosen.channelId : null, quote, (next) => {
    setQuote(next);
    area.current?.focus();
  });
  useComposerCommands(detail.number, {
    reply: () => {
      // what is typed next is meant for the customer: never leave it to the keys of the case
      if (window.state === 'closed' && hasTemplates) setOpen('templates');
      focus(false);
    },
    note: () => focus(true),
    quote: canQuote ? () => quoteNext(-1) : null,
    template: hasTemplates ? () => setOpen('templates') : null,
  });
  const typed = useTyped({ detail, mode, option: chosen, language, area, onFiles: addFiles });
  const write = (text: string, html: string | null) => {
    forgetLost();
    change((now) => ({
      ...now,
      text,
      html,
      version: text === '' ? null : (now.version ?? detail.version),
      seenAt: text === '' ? null : (now.seenAt ?? newest),
    }));
  };

  const { send, again, idle, empty, waiting, blanks, clearBlanks } = useSendOnce({
    mode,
    draft,
    uploads,
    sending,
  });
  const turnRich = (on: boolean) => {
    rich.turn(on);
    if (!on) change((now) => ({ ...now, html: null }));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // what opens on top of the box has keys of its own
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const by = mod ? ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key] : undefined;
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (quote) return setQuote(null);
      area.current?.blur();
      onLeave();
    } else if (event.key === 'Enter' && mod) {
      event.preventDefault();
      send(event.shiftKey ? 'resolved' : 'pending');
    } else if (by && canQuote) {
      event.preventDefault();
      quoteNext(by);
    } else if (mod && !event.shiftKey && ['b', 'i'].includes(event.key) && rich.offered && !rich.Area) {
      event.preventDefault();
      turnRich(true);
    }
  };
  const take = (event: DragEvent | ClipboardEvent, { files }: DataTransfer) => {
    if (files.length === 0 || closed) return;
    event.preventDefault();
    uploads.add(files);
  };
  const look = () => {
    const found = document.querySelector<HTMLElement>(`[data-message="${news[0]?.itemId ?? ''}"]`);
    found?.scrollIntoView({ block: 'center' });
    found?.focus({ preventScroll: true });
  };
  const dismiss = () => {
    sending.clearProblem();
    sending.clearStale();
    forgetLost();
    clearBlanks();
    if (news.length > 0) change((now) => ({ ...now, seenAt: newest }));
  };
  const other = chosen ? wayOn(options, chosen.channelId, new Date()) : null;
  const words = {
    text: draft.text,
    html: draft.html ?? null,
    onChange: write,
    onCaret: typed.onCaret,
    label: t(mode === 'note' ? 'case.composer.note' : 'case.composer.reply'),
    placeholder: t(mode === 'note' ? 'case.composer.notePlaceholder' : 'case.composer.replyPlaceholder'),
    lang: language,
    spellCheck: spelling !== 'off',
    active: typed.trigger && typed.options.length > 0 ? `trigger-${typed.active}` : undefined,
  };

  return (
    <>
      <ComposerNotices
        caution={mode === 'reply' ? (chosen?.caution ?? null) : null}
        rival={mode === 'reply' ? (rival ?? null) : null}
        news={empty ? [] : news}
        stale={sending.stale}
        blanks={blanks}
        lost={lost}
        problem={sending.problem}
        cannotReply={!chosen}
        onLook={look}
        onSendAnyway={again}
        onFill={() => blanks[0] && area.current?.select(blanks[0])}
        onDismiss={dismiss}
      />
      <div
        ref={keepComposerHeight}
        className={s.composer}
        data-note={mode === 'note' || undefined}
        onKeyDownCapture={typed.onKeyDown}
        onKeyDown={onKeyDown}
        onPasteCapture={(event) => take(event, event.clipboardData)}
        onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
        onDropCapture={(event) => take(event, event.dataTransfer)}
      >
        <ComposerTop
          {...{ mode, phone, options, chosen, window }}
          onChoose={(option) => setWay(optionKey(option))}
          onNote={focus}
          toAgentId={draft.toAgentId ?? null}
          onWhisper={(toAgentId) => {
            change((now) => ({ ...now, toAgentId }));
            setTimeout(() => area.current?.focus(), 0);
          }}
        />
        {closed && chosen ? (
          <WindowClosed
            window={closed}
            option={chosen}
            onTemplate={hasTemplates ? () => setOpen('templates') : null}
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
            <TypedList typed={typed} />
            {rich.Area ? (
              <rich.Area ref={area} autoFocus={rich.byHand} {...words} />
            ) : (
              <PlainArea ref={area} phone={phone} {...words} />
            )}
            <ComposerFiles
              files={draft.attachments}
              uploads={uploads}
              onRemove={(at) => change((now) => ({ ...now, attachments: now.attachments.toSpliced(at, 1) }))}
            />
            <div className={s.cBot}>
              <ComposerTools
                phone={phone}
                onFiles={uploads.add}
                onCanned={() => area.current?.replaceBefore(0, /(^|\s)$/.test(draft.text) ? '/' : ' /')}
                onTemplate={mode === 'reply' && hasTemplates ? () => setOpen('templates') : null}
                rich={rich.offered ? { on: rich.Area !== null, toggle: () => turnRich(!rich.Area) } : null}
                onPreview={can('subject') && !empty ? () => setOpen('preview') : null}
                spelling={spelling}
                onSpelling={chooseSpelling}
              />
              <span className={s.saved}>
                {!empty && kept !== 'no' && (
                  <span data-kept={kept}>
                    {t('case.composer.saved')} {!phone && format.time(draft.savedAt)}
                  </span>
                )}
              </span>
              <SendButtons
                mode={mode}
                phone={phone}
                idle={idle}
                waiting={waiting}
                clash={rival !== undefined || sending.stale || (!empty && news.length > 0)}
                onSend={send}
                onLater={() => setOpen('later')}
              />
            </div>
          </>
        )}
      </div>
      <ComposerDialogs
        {...{ open, detail, chosen, draft, phone, sending }}
        onLater={(later) => send('pending', later)}
        onClose={() => setOpen(null)}
      />
    </>
  );
}
