import type { VisitorFile, VisitorMessage } from '@loket/contracts/visitors.js';
import { useState } from 'preact/hooks';
import type { Queued, QueuedFile } from '../chat/outbox.js';
import { clock, fileSize } from '../texts/texts.js';
import { Face } from './face.js';
import { AlertIcon, ClockIcon, FileIcon, TickIcon, TicksIcon } from './icons.js';
import { stretches } from './links.js';
import { useObjectUrl } from './object-url.js';
import { useChat } from './view.js';

/** What people wrote is text and stays text: nothing of it becomes markup. */
function Words({ text }: { text: string }) {
  return (
    <p class="words" dir="auto">
      {stretches(text).map(({ text: words, href }, i) =>
        href ? (
          <a key={i} href={href} target="_blank" rel="noopener noreferrer nofollow">
            {words}
          </a>
        ) : (
          words
        ),
      )}
    </p>
  );
}

export function Bubble({ message, caption }: { message: VisitorMessage; caption: boolean }) {
  const { t } = useChat();
  const own = message.from === 'visitor';
  const name = own ? t.you : (message.name ?? t.agent);
  const via = message.via === 'webchat' ? null : message.via === 'email' ? t.byMail : t.otherWay;
  return (
    <li class={own ? 'item mine' : 'item'}>
      <span class="sr">{name}:</span>
      {message.attachments.map((file) => (
        <Attachment key={file.id} file={file} />
      ))}
      {message.text && (
        <div class={own ? 'bubble mine' : 'bubble theirs'}>
          <Words text={message.text} />
        </div>
      )}
      {caption && (
        <p class="caption">
          {!own && <Face name={name} picture={message.picture} size={18} />}
          {[own ? null : name, clock(t, Date.parse(message.at)), via].filter(Boolean).join(' · ')}
          {own && <Ticks state={message.state} />}
        </p>
      )}
    </li>
  );
}

function Ticks({ state }: { state: VisitorMessage['state'] }) {
  const { t } = useChat();
  return (
    <span class={state === 'read' ? 'ticks read' : 'ticks'} title={t[state]}>
      {state === 'sent' ? <TickIcon /> : <TicksIcon />}
      <span class="sr">{t[state]}</span>
    </span>
  );
}

function Attachment({ file }: { file: VisitorFile }) {
  const { chat, t } = useChat();
  const [broken, setBroken] = useState(false);
  const address = chat.address(file.url);
  const picture = file.mediaType.startsWith('image/') && !broken;
  return (
    <a
      class={picture ? 'picture' : 'file'}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={`${file.name}, ${fileSize(t, file.size)}`}
    >
      {picture ? (
        <img src={address} alt={file.name} loading="lazy" onError={() => setBroken(true)} />
      ) : (
        <FileLine name={file.name} size={file.size} />
      )}
    </a>
  );
}

function FileLine({ name, size }: { name: string; size: number }) {
  const { t } = useChat();
  return (
    <>
      <FileIcon />
      <span>
        <b dir="auto">{name}</b>
        <small>{fileSize(t, size)}</small>
      </span>
    </>
  );
}

/** A message that the server does not have yet. */
export function PendingBubble({ message }: { message: Queued }) {
  const { chat, state, t } = useChat();
  const { failed } = message;
  const words = state.connection === 'up' ? t.sending : t.waiting;
  return (
    <li class="item mine">
      <span class="sr">{t.you}:</span>
      {message.files.map((file) => (
        <PendingFile key={file.clientId} file={file} share={state.progress[file.clientId] ?? 0} />
      ))}
      {message.text && (
        <div class={failed ? 'bubble mine failed' : 'bubble mine'}>
          <Words text={message.text} />
        </div>
      )}
      {failed ? (
        <p class="caption fault" role="alert">
          <AlertIcon />
          {t.failed(failed)}
          <button type="button" onClick={() => void chat.outgoing.retry(message)}>
            {t.again}
          </button>
          <button type="button" onClick={() => void chat.outgoing.discard(message)}>
            {t.discard}
          </button>
        </p>
      ) : (
        <p class="caption">
          {clock(t, message.writtenAt)}
          <span class="ticks" title={words}>
            <ClockIcon />
            <span class="sr">{words}</span>
          </span>
        </p>
      )}
    </li>
  );
}

function PendingFile({ file, share }: { file: QueuedFile; share: number }) {
  const image = file.blob.type.startsWith('image/');
  const url = useObjectUrl(image ? file.blob : null);
  const [broken, setBroken] = useState(false);
  const shown = url && !broken;
  return (
    <div class={shown ? 'picture' : 'file'}>
      {shown ? (
        <img src={url} alt={file.name} onError={() => setBroken(true)} />
      ) : (
        <FileLine name={file.name} size={file.blob.size} />
      )}
      <progress max={1} value={file.uploaded ? 1 : share} aria-label={file.name} />
    </div>
  );
}
