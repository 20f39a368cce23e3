import { useEffect, useRef, useState } from 'preact/hooks';
import { ChatIcon, DownIcon } from './icons.js';
import { Panel } from './panel.js';
import { usePhone } from './phone.js';
import { useChat } from './view.js';

/** The button, and the chat above it. */
export function App() {
  const { chat, state, t } = useChat();
  const phone = usePhone();
  const launcher = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  const { open, unread } = state;

  const toggle = (): void => {
    setOpened(!open);
    chat.setOpen(!open);
  };
  const close = (): void => {
    chat.setOpen(false);
    // after the phone's full-screen sheet the button has to be there again first
    setTimeout(() => launcher.current?.focus());
  };

  return (
    <>
      {open && <Panel phone={phone} takeFocus={opened} close={close} />}
      {!(open && phone) && (
        <button
          ref={launcher}
          type="button"
          class="launcher"
          aria-label={open ? t.close : t.open(unread)}
          aria-expanded={open}
          onClick={toggle}
        >
          {open ? <DownIcon /> : <ChatIcon />}
          {!open && unread > 0 && (
            <span class="badge" aria-hidden="true">
              {unread > 9 ? '9+' : unread}
            </span>
          )}
        </button>
      )}
      <Announcer />
    </>
  );
}

/** Tells a screen reader what arrives, once; the list itself is silent, or it would read the whole history. */
function Announcer() {
  const { state, t } = useChat();
  const [words, setWords] = useState('');
  const last = useRef<string | null>(null);
  const newest = state.messages.at(-1);
  useEffect(() => {
    const before = last.current;
    last.current = newest?.id ?? null;
    if (!newest || !state.loaded || before === null || before === newest.id || newest.from !== 'agent')
      return;
    setWords(`${newest.name ?? t.agent}: ${newest.text}`);
  }, [newest?.id, state.loaded]);
  return (
    <div class="sr" role="status">
      {words}
    </div>
  );
}
