import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import type { WebchatForm } from '../webchat-form.js';
import p from './preview.module.css';
import { wordsIn } from './words-in.js';

type Says = (key: string) => string;

/** The questions before the chat, as far as they fit. */
export function PreviewStart({
  form,
  language,
  greeting,
  says,
}: {
  form: WebchatForm;
  language: VisitorLanguage;
  greeting: string;
  says: Says;
}) {
  const consent = wordsIn(form.consentText, language);
  return (
    <div className={p.start}>
      <p className={`${p.bubble} ${p.theirs}`}>{greeting}</p>
      {form.preChat.map((question, at) => (
        <div key={at} className={p.field}>
          <b>
            {wordsIn(question.label, language) || question.id}
            {!question.required && <small> ({says('optional')})</small>}
          </b>
          <span>{question.kind === 'choice' && says('choose')}</span>
        </div>
      ))}
      {consent && (
        <div className={p.consent}>
          <p>{consent}</p>
          <span className={p.check}>
            <i /> {says('agree')}
          </span>
        </div>
      )}
      <span className={p.primary}>{says('start')}</span>
    </div>
  );
}

export function PreviewChat({
  greeting,
  says,
  talking,
  files,
}: {
  greeting: string;
  says: Says;
  talking: boolean;
  files: boolean;
}) {
  return (
    <>
      <div className={p.messages}>
        <p className={`${p.bubble} ${p.theirs}`}>{greeting}</p>
        {talking && (
          <>
            <p className={`${p.bubble} ${p.mine}`}>{says('example.question')}</p>
            <p className={`${p.bubble} ${p.theirs}`}>{says('example.answer')}</p>
            <p className={p.link}>{says('example.read')}</p>
          </>
        )}
      </div>
      <div className={p.composer}>
        {files && (
          <svg viewBox="0 0 24 24" width="20" height="20">
            <path d="m15 7-6.5 6.5a1.5 1.5 0 0 0 3 3L18 10a3 3 0 0 0-6-6l-6.5 6.5a4.5 4.5 0 0 0 9 9L21 13" />
          </svg>
        )}
        <span className="grow">{says('write')}</span>
        <span className={p.send}>
          <svg viewBox="0 0 24 24" width="20" height="20">
            <path d="M4.7 5.2 20 12 4.7 18.8 7 12ZM7 12h6" />
          </svg>
        </span>
      </div>
    </>
  );
}
