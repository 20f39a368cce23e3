import { IconDots, IconForms, IconMapPin, IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { Face } from '../../../ui/Face.js';
import { KindIcon } from '../../../ui/FileIcon.js';
import { Linked } from '../../../ui/Linked.js';
import { chatShape, isLoss, missingFile, type ChatShape } from './chat-shapes.js';
import { asksFirst, marked } from '../looks.js';
import { wordsOf } from './message-words.js';
import { Attachments } from './Attachments.js';
import { Revoked } from './Changes.js';
import { ChatWords } from './ChatWords.js';
import { MailHtml } from './MailHtml.js';
import s from '../components/case.module.css';
import c from './chat.module.css';
import m from './media.module.css';

/** Beyond this much, a text waits folded. */
const long = 5000;

interface MessageBodyProps {
  message: TimelineMessage;
  /** in a bubble: files first, and what chats send instead of words */
  chat?: boolean;
}

/** The words as they read today; or that they were taken back, and the words on demand. */
export function MessageBody({ message, chat = false }: MessageBodyProps) {
  const { revoked } = wordsOf(message);
  const body = chat ? <ChatBody message={message} /> : <LetterBody message={message} />;
  if (!revoked) return body;
  return (
    <Revoked change={revoked} mine={message.direction === 'outbound'}>
      {body}
    </Revoked>
  );
}

function ChatBody({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const { text } = wordsOf(message);
  const lost = message.warnings.find(isLoss);
  const missing = lost === undefined ? null : missingFile(text);
  const words = missing ? missing.caption : text;
  const shape = chatShape(words);
  return (
    <>
      {lost !== undefined && (
        <div className={m.missing}>
          <KindIcon kind={missing?.kind ?? 'document'} size={20} />
          <span>
            <b>
              {lost === 'unsupported_message'
                ? t('case.unsupported')
                : (missing?.name ?? t(`ui.file.${missing?.kind ?? 'document'}`))}
            </b>
            <small>{t(`case.warning.${lost}`, { defaultValue: t('case.warning.media_unavailable') })}</small>
          </span>
        </div>
      )}
      <Attachments files={message.attachments} withInline chat message={message} />
      {shape ? <Shape shape={shape} /> : <ChatText message={message} words={words} />}
      {asksFirst[message.channelKind] && message.quoted && <FormAnswers text={message.quoted} />}
    </>
  );
}

/** What the visitor answered before the chat, folded: it came with his first message. */
function FormAnswers({ text }: { text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className={s.folds}>
        <button className={s.fold} onClick={() => setOpen(!open)} aria-expanded={open}>
          <IconForms size={14} stroke={1.8} aria-hidden />
          {t(open ? 'case.hideAnswers' : 'case.answers')}
        </button>
      </div>
      {open && (
        <div className={s.quote}>
          <Linked text={text} />
        </div>
      )}
    </>
  );
}

function ChatText({ message, words }: { message: TimelineMessage; words: string }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const folded = !whole && words.length > long;
  const shown = folded ? `${words.slice(0, long)}…` : words;
  if (words.trim() === '') {
    const nothing = message.attachments.length === 0 && message.warnings.length === 0;
    return nothing ? <p className={s.blank}>{t('case.noText')}</p> : null;
  }
  return (
    <>
      <div className={s.text}>
        {marked[message.channelKind] ? <ChatWords text={shown} /> : <Linked text={shown} />}
      </div>
      {folded && (
        <div className={s.folds}>
          <button className={s.fold} onClick={() => setWhole(true)}>
            {t('case.showAll')}
          </button>
        </div>
      )}
    </>
  );
}

/** Places and people that were sent along. */
function Shape({ shape }: { shape: ChatShape }) {
  const { t } = useTranslation();
  if (shape.kind === 'place') {
    return (
      <a className={c.place} href={shape.url} target="_blank" rel="noreferrer noopener">
        <span className={c.pin}>
          <IconMapPin size={20} stroke={1.7} aria-hidden />
        </span>
        <span>
          <b>{shape.name ?? t('case.place.title')}</b>
          {shape.address && <small>{shape.address}</small>}
          <small className={c.placeGo}>{t('case.place.open')}</small>
        </span>
      </a>
    );
  }
  return (
    <ul className={c.people} aria-label={t('case.contacts')}>
      {shape.people.map((person, at) => (
        <li key={at}>
          <Face name={person.name} size={32} silent />
          <span>
            <b>{person.name}</b>
            {person.reach.map((reach) => (
              <small key={reach}>
                <Linked text={reach} />
              </small>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The words, with what was quoted folded away; or the mail as laid out; then its files. */
function LetterBody({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const { text } = wordsOf(message);
  const blank = text.trim() === '';
  const [laidOut, setLaidOut] = useState(blank && message.html !== null);
  const [quote, setQuote] = useState(false);
  const [signed, setSigned] = useState(false);
  const [whole, setWhole] = useState(false);
  const folded = !whole && text.length > long;
  return (
    <>
      {laidOut && message.html ? (
        <MailHtml message={message} html={message.html} />
      ) : blank && message.attachments.length === 0 && !message.quoted ? (
        <p className={s.blank}>{t('case.noText')}</p>
      ) : (
        <div className={s.text}>
          <Linked text={folded ? `${text.slice(0, long)}…` : text} />
        </div>
      )}
      <div className={s.folds}>
        {folded && !laidOut && (
          <button className={s.fold} onClick={() => setWhole(true)}>
            {t('case.showAll')}
          </button>
        )}
        {message.quoted && !laidOut && (
          <button className={s.fold} onClick={() => setQuote(!quote)} aria-expanded={quote}>
            <IconDots size={14} />
            {t(quote ? 'case.hideQuote' : 'case.quote')}
          </button>
        )}
        {message.signature && (
          <button className={s.fold} onClick={() => setSigned(!signed)} aria-expanded={signed}>
            <IconSignature size={14} stroke={1.8} aria-hidden />
            {t(signed ? 'case.hideSignature' : 'case.signature')}
          </button>
        )}
        {message.html && !(blank && laidOut) && (
          <button className={s.fold} onClick={() => setLaidOut(!laidOut)} aria-pressed={laidOut}>
            {t(laidOut ? 'case.html.plain' : 'case.html.laidOut')}
          </button>
        )}
      </div>
      {signed && message.signature && (
        <div className={s.quote}>
          <Linked text={message.signature} />
        </div>
      )}
      {quote && !laidOut && message.quoted && (
        <div className={s.quote}>
          <Linked text={message.quoted} />
        </div>
      )}
      <Attachments files={message.attachments} withInline={!laidOut} />
    </>
  );
}
