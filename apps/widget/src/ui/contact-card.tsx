import { useState } from 'preact/hooks';
import { type VisitorErrorCode, visitorLimits } from '@loket/contracts/visitor-limits.js';
import { inputs, looksLike } from './typed-field.js';
import { useChat } from './view.js';

/** Offers to send the answer after the visitor; a one-time code then proves that the address is his. */
export function ContactCard() {
  const { chat, state, t } = useChat();
  const { contact, config } = state;
  const [kind, setKind] = useState(config.continueBy[0] ?? 'email');
  const other = config.continueBy.find((way) => way !== kind);
  const [value, setValue] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [again, setAgain] = useState(false);

  if (contact === 'done') return <p class="card done">{t.contactDone}</p>;
  const asksCode = contact === 'code' && !again;

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const words = value.trim();
    if (!asksCode && !looksLike(kind, words)) {
      setFault(kind === 'email' ? t.wrongEmail : t.wrongPhone);
      return;
    }
    setBusy(true);
    const refused = asksCode
      ? await chat.confirm(words)
      : await chat.claim(kind === 'email' ? { email: words } : { phone: words });
    setBusy(false);
    setFault(refused && t.refused(refused as VisitorErrorCode));
    if (!refused) {
      setValue('');
      setAgain(false);
    }
  };

  return (
    <form class="card" onSubmit={(event) => void submit(event)} noValidate>
      <b>{asksCode ? t.codeTitle : t.contactTitle}</b>
      <p>{asksCode ? t.codeText : kind === 'email' ? t.contactEmail : t.contactPhone}</p>
      <div class="row">
        {asksCode ? (
          <input
            key="code"
            value={value}
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={visitorLimits.code}
            placeholder="123456"
            aria-label={t.code}
            aria-invalid={fault !== null}
            onInput={(event) => setValue(event.currentTarget.value.replace(/\D/g, ''))}
          />
        ) : (
          <input
            key={kind}
            value={value}
            {...inputs[kind]}
            maxLength={kind === 'email' ? 320 : 40}
            placeholder={kind === 'email' ? t.emailExample : '0812…'}
            aria-label={kind === 'email' ? t.email : t.phone}
            aria-invalid={fault !== null}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        )}
        <button type="submit" class="plain" disabled={busy || value.trim() === ''}>
          {asksCode ? t.confirm : t.save}
        </button>
      </div>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {other && !asksCode && (
        <button
          type="button"
          class="link"
          onClick={() => {
            setFault(null);
            setValue('');
            setKind(other);
          }}
        >
          {other === 'email' ? t.email : t.phone}
        </button>
      )}
      <button
        type="button"
        class="link"
        onClick={() => {
          setFault(null);
          setValue('');
          if (asksCode) setAgain(true);
          else chat.dismissContact();
        }}
      >
        {asksCode ? t.otherAddress : t.notNow}
      </button>
    </form>
  );
}
