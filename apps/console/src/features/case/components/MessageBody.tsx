import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { Linked } from '../../../ui/Linked.js';
import { Attachments } from './Attachments.js';
import { MailHtml } from './MailHtml.js';
import s from './case.module.css';

/** Beyond this much, a text waits folded. */
const long = 5000;

/** The words, with what was quoted folded away; or the mail as laid out; then its files. */
export function MessageBody({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const blank = message.text.trim() === '';
  const [laidOut, setLaidOut] = useState(blank && message.html !== null);
  const [quote, setQuote] = useState(false);
  const [whole, setWhole] = useState(false);
  const folded = !whole && message.text.length > long;
  return (
    <>
      {laidOut && message.html ? (
        <MailHtml message={message} html={message.html} />
      ) : blank && message.attachments.length === 0 && !message.quoted ? (
        <p className={s.blank}>{t('case.noText')}</p>
      ) : (
        <div className={s.text}>
          <Linked text={folded ? `${message.text.slice(0, long)}…` : message.text} />
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
        {message.html && !(blank && laidOut) && (
          <button className={s.fold} onClick={() => setLaidOut(!laidOut)} aria-pressed={laidOut}>
            {t(laidOut ? 'case.html.plain' : 'case.html.laidOut')}
          </button>
        )}
      </div>
      {quote && !laidOut && message.quoted && (
        <div className={s.quote}>
          <Linked text={message.quoted} />
        </div>
      )}
      <Attachments files={message.attachments} withInline={!laidOut} />
    </>
  );
}
