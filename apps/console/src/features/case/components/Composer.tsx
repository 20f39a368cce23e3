import { IconLock, IconMessageReply } from '@tabler/icons-react';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, Upload } from '@loket/contracts/cases.js';
import { readDraft, writeDraft, type Draft } from '../../../api/drafts.js';
import { usePresence, useTellPresence } from '../../../api/live.js';
import { useMe } from '../../../api/session.js';
import { useCommands } from '../../../ui/commands.js';
import { isMac, Keys } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useDraft, useSend, type Mode } from '../useComposer.js';
import { useUploads } from '../useUploads.js';
import { ChannelPick, optionKey } from './ChannelPick.js';
import { AttachButton, ComposerFiles } from './ComposerFiles.js';
import { ComposerNotices } from './ComposerNotices.js';
import { SendButtons } from './SendButtons.js';
import s from './case.module.css';

interface ComposerProps {
  detail: CaseDetail;
  phone: boolean;
  /** Esc: back to where one came from; the draft is kept */
  onLeave: () => void;
}

export function Composer({ detail, phone, onLeave }: ComposerProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const options = detail.replyOptions;
  const usable = options.filter((option) => option.blocked === null);
  const [wish, setWish] = useState<string | null>(null);
  const chosen =
    usable.find((option) => optionKey(option) === wish) ??
    usable.find((option) => option.preferred) ??
    usable[0];
  const [wantNote, setWantNote] = useState(false);
  const mode: Mode = wantNote || !chosen ? 'note' : 'reply';
  const slot = mode === 'note' ? 'note' : (chosen?.channelId ?? 'note');
  const { draft, stored, change, clear } = useDraft(detail.id, slot);
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
    }));
  };
  const sending = useSend({ detail, mode, option: chosen, draft, clear, restore });
  const onUploaded = useCallback(
    (upload: Upload) => change((now) => ({ ...now, attachments: [...now.attachments, upload] })),
    [change],
  );
  const uploads = useUploads(onUploaded);

  const typing = useTyping(mode === 'reply' ? draft.text : '');
  useTellPresence(detail.id, typing ? 'typing' : 'viewing');
  const rival = usePresence(detail.id).find((agent) => agent.state === 'typing');

  useGrowing(area, draft.text, phone);
  const focus = (note: boolean) => {
    setWantNote(note);
    setTimeout(() => area.current?.focus(), 0);
  };
  useCommands([
    {
      id: 'reply',
      group: t('case.group', { number: detail.number }),
      rank: 0,
      label: t('case.act.reply'),
      keys: 'r',
      icon: <IconMessageReply size={17} stroke={1.7} />,
      run: () => focus(false),
    },
    {
      id: 'note',
      group: t('case.group', { number: detail.number }),
      rank: 0,
      label: t('case.act.note'),
      keys: 'n',
      icon: <IconLock size={17} stroke={1.7} />,
      run: () => focus(true),
    },
  ]);

  const empty = draft.text.trim() === '' && (mode === 'note' || draft.attachments.length === 0);
  const idle = empty || uploads.busy || sending.busy;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      area.current?.blur();
      onLeave();
    } else if (event.key === 'Enter' && (isMac ? event.metaKey : event.ctrlKey)) {
      event.preventDefault();
      if (!idle) void sending.send(event.shiftKey ? 'resolved' : 'pending');
    }
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.dataTransfer.files);
  };
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };

  return (
    <>
      <ComposerNotices
        caution={mode === 'reply' ? (chosen?.caution ?? null) : null}
        rival={mode === 'reply' ? (rival?.name ?? null) : null}
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
            <ChannelPick
              options={options}
              chosen={chosen}
              onChoose={(option) => setWish(optionKey(option))}
            />
          )}
          <span className="grow" />
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
      </div>
    </>
  );
}

/** True while keys are being pressed, and for 5 s after. */
function useTyping(text: string): boolean {
  const [typing, setTyping] = useState(false);
  const before = useRef(text);
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    if (text === '') return setTyping(false);
    setTyping(true);
    const timer = setTimeout(() => setTyping(false), 5000);
    return () => clearTimeout(timer);
  }, [text]);
  return typing;
}

/** The box is as tall as its text, up to two fifths of the window. */
function useGrowing(area: { current: HTMLTextAreaElement | null }, text: string, phone: boolean): void {
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * (phone ? 0.3 : 0.4))}px`;
  }, [area, text, phone]);
}
