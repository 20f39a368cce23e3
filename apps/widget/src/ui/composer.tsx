import { useEffect, useRef, useState } from 'preact/hooks';
import type { Draft } from './draft.js';
import { EmojiPicker } from './emoji-picker.js';
import { ClipIcon, CrossIcon, FileIcon, SendIcon, SmileIcon } from './icons.js';
import { useObjectUrl } from './object-url.js';
import { useChat } from './view.js';

/** lines that the field grows to */
const tallestPx = 132;

export function Composer({ draft }: { draft: Draft }) {
  const { chat, state, t } = useChat();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [emoji, setEmoji] = useState(false);
  const rules = state.config.files;
  const empty = draft.text.trim() === '' && draft.files.length === 0;

  useEffect(() => {
    const { style, scrollHeight } = field.current!;
    if (draft.text === '') style.height = '';
    else {
      style.height = 'auto';
      style.height = `${Math.min(tallestPx, Math.max(scrollHeight, field.current!.scrollHeight))}px`;
    }
  }, [draft.text]);

  const send = (): void => {
    draft.send();
    field.current!.focus();
  };
  const insert = (character: string): void => {
    const { selectionStart: from, selectionEnd: to } = field.current!;
    draft.setText(draft.text.slice(0, from) + character + draft.text.slice(to));
    setEmoji(false);
    field.current!.focus();
    requestAnimationFrame(() =>
      field.current?.setSelectionRange(from + character.length, from + character.length),
    );
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!rules || files.length === 0) return;
    event.preventDefault();
    draft.addFiles(files);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {draft.files.length > 0 && (
        <ul class="chips">
          {draft.files.map((file) => (
            <Chip key={file} file={file} remove={() => draft.removeFile(file)} label={t.remove(file.name)} />
          ))}
        </ul>
      )}
      {draft.fault && (
        <p class="fault" role="alert">
          {draft.fault}
        </p>
      )}
      {emoji && (
        <EmojiPicker
          pick={insert}
          close={() => {
            setEmoji(false);
            field.current!.focus();
          }}
        />
      )}
      <div class="row">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={draft.text}
          placeholder={t.write}
          aria-label={t.write}
          enterkeyhint="send"
          onInput={(event) => draft.setText(event.currentTarget.value)}
          onPaste={onPaste}
          onBlur={() => chat.typed(false)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button
          type="button"
          class="icon"
          aria-label={t.emoji}
          title={t.emoji}
          aria-expanded={emoji}
          onClick={() => setEmoji(!emoji)}
        >
          <SmileIcon />
        </button>
        {rules && (
          <button
            type="button"
            class="icon"
            aria-label={t.attach}
            title={t.attach}
            onClick={() => picker.current!.click()}
          >
            <ClipIcon />
          </button>
        )}
        <button type="submit" class="send" aria-label={t.send} title={t.send} aria-disabled={empty}>
          <SendIcon />
        </button>
      </div>
      {rules && (
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept={rules.types.join(',')}
          onChange={(event) => {
            draft.addFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
            field.current!.focus();
          }}
        />
      )}
    </form>
  );
}

function Chip({ file, remove, label }: { file: File; remove(): void; label: string }) {
  const url = useObjectUrl(file.type.startsWith('image/') ? file : null);
  const [broken, setBroken] = useState(false);
  return (
    <li class="chip">
      {url && !broken ? <img src={url} alt="" onError={() => setBroken(true)} /> : <FileIcon />}
      <span>{file.name}</span>
      <button type="button" class="icon small" aria-label={label} onClick={remove}>
        <CrossIcon />
      </button>
    </li>
  );
}
