import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TimelineQuote } from '@loket/contracts/cases.js';
import { FileIcon } from '../../../ui/FileIcon.js';
import { fileKind } from '../../../ui/file-kind.js';
import { useFormat } from '../../../ui/useFormat.js';
import { missingFile } from './chat-shapes.js';
import { useJump } from '../desk.js';
import c from './chat.module.css';

/** What a message answers: who, the first words, what kind of file. A click leads to it. */
export function QuoteBlock({ quote }: { quote: TimelineQuote }) {
  const { t } = useTranslation();
  const jump = useJump();
  const { messageId } = quote;
  const content = <QuoteWords quote={quote} />;
  if (messageId === null) {
    return (
      <blockquote className={c.quote}>
        <span className="sr">{t('case.quoted.label')}: </span>
        {content}
      </blockquote>
    );
  }
  return (
    <button className={c.quote} data-side={quote.direction} onClick={() => jump(messageId)}>
      <span className="sr">{t('case.quoted.go')}: </span>
      {content}
    </button>
  );
}

/** Above the box, until it is sent or taken out. */
export function QuoteDraft({ quote, onRemove }: { quote: TimelineQuote; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={c.draft}>
      <div className={c.quote} data-side={quote.direction}>
        <span className="sr">{t('case.quoted.label')}: </span>
        <QuoteWords quote={quote} />
      </div>
      <button className={c.drop} aria-label={t('case.quoted.remove')} onClick={onRemove}>
        <IconX size={15} />
      </button>
    </div>
  );
}

function QuoteWords({ quote }: { quote: TimelineQuote }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { messageId, direction, name, text, mediaType } = quote;
  const missing = missingFile(text);
  const lost = missing && (missing.caption || t(`ui.file.${missing.kind}`));
  if (messageId === null && text === '' && mediaType === null)
    return <span className={c.gone}>{t('case.quoted.missing')}</span>;
  return (
    <>
      <b className="cut">
        {name ? format.phone(name) : t(direction === 'outbound' ? 'case.us' : 'case.quoted.customer')}
      </b>
      <span className={c.quoteText}>
        {mediaType && <FileIcon mediaType={mediaType} size={14} />}
        <span className="cut">
          {lost ?? (text || (mediaType ? t(`ui.file.${fileKind(mediaType)}`) : t('case.noText')))}
        </span>
      </span>
    </>
  );
}
