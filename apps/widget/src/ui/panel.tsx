import { useEffect, useRef, useState } from 'preact/hooks';
import { statusLine } from '../texts/texts.js';
import { Composer } from './composer.js';
import { ContactCard } from './contact-card.js';
import { useDraft } from './draft.js';
import { Face } from './face.js';
import { BellIcon, BellOffIcon, MinusIcon } from './icons.js';
import { MessageList } from './message-list.js';
import { trapTab, useSheet } from './phone.js';
import { playChime } from './sound.js';
import { StartForm } from './start-form.js';
import { useChat } from './view.js';

interface PanelProps {
  phone: boolean;
  /** somebody has just opened it; not so after a reload */
  takeFocus: boolean;
  close(): void;
}

export function Panel({ phone, takeFocus, close }: PanelProps) {
  const { chat, state, t } = useChat();
  const sheet = useRef<HTMLElement>(null);
  const [dragging, setDragging] = useState(false);
  const draft = useDraft(chat, t);
  useSheet(sheet, phone);

  useEffect(() => {
    if (!takeFocus) return;
    // on a phone, the keyboard would cover what there is to read
    const target = phone ? null : sheet.current?.querySelector<HTMLElement>('input, textarea');
    (target ?? sheet.current)?.focus();
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
    else if (phone) trapTab(event, sheet.current!);
    // what is typed here is no shortcut of the page's
    event.stopPropagation();
  };
  const takesFiles = state.config.files !== null && !state.form && !state.closed;
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDragging(false);
    if (takesFiles) draft.addFiles([...(event.dataTransfer?.files ?? [])]);
  };

  return (
    <section
      ref={sheet}
      class="panel"
      role="dialog"
      aria-modal={phone}
      aria-label={t.chatWith(state.config.title)}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(takesFiles && (event.dataTransfer?.types.includes('Files') ?? false));
      }}
      onDragLeave={(event) => {
        if (!sheet.current?.contains(event.relatedTarget as Node | null)) setDragging(false);
      }}
      onDrop={onDrop}
    >
      <Header close={close} />
      {state.form ? (
        <StartForm />
      ) : (
        <>
          <MessageList>{(state.contact !== 'hidden' && <ContactCard />) || null}</MessageList>
          <Notice />
          {!state.closed && <Composer draft={draft} />}
        </>
      )}
      {state.config.credit && <p class="credit">{t.credit}</p>}
      {dragging && <div class="drop">{t.dropHere}</div>}
    </section>
  );
}

function Header({ close }: { close(): void }) {
  const { chat, state, t } = useChat();
  const { agent, config, status, sound } = state;
  return (
    <header class="header">
      <Face
        name={agent?.name ?? config.title}
        picture={agent?.picture ?? null}
        size={36}
        online={status.online}
      />
      <div class="grow">
        <h2>{config.title}</h2>
        <p>{statusLine(t, status, agent?.name ?? null)}</p>
      </div>
      <button
        type="button"
        class="icon"
        aria-label={sound ? t.soundOff : t.soundOn}
        title={sound ? t.soundOff : t.soundOn}
        onClick={() => {
          chat.setSound(!sound);
          if (!sound) playChime();
        }}
      >
        {sound ? <BellIcon /> : <BellOffIcon />}
      </button>
      <button type="button" class="icon" aria-label={t.minimise} title={t.minimise} onClick={close}>
        <MinusIcon />
      </button>
    </header>
  );
}

/** A missing connection, once it lasts; a short gap is nobody's business. */
function Notice() {
  const { state, t } = useChat();
  const { connection, closed } = state;
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    const timer = setTimeout(() => setLate(true), 1500);
    return () => clearTimeout(timer);
  }, [connection]);
  const words = closed
    ? t.chatClosed
    : late && connection === 'down'
      ? t.offline
      : late && connection === 'connecting'
        ? t.connecting
        : null;
  return (
    <div role="status" class={words ? 'notice' : 'sr'}>
      {words}
    </div>
  );
}
