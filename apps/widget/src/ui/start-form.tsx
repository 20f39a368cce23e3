import { visitorLimits } from '@loket/contracts/visitor-limits.js';
import type { PreChatField } from '@loket/contracts/webchat-config.js';
import { useState } from 'preact/hooks';
import type { Texts } from '../texts/en.js';
import { wordsIn } from '../texts/texts.js';
import { stretches } from './links.js';
import { inputs, looksLike } from './typed-field.js';
import { useChat } from './view.js';

/** Questions before the chat, and what the visitor has to agree to. Nothing is stored or sent before. */
export function StartForm() {
  const { chat, state, t } = useChat();
  const { config, language, status } = state;
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [agreed, setAgreed] = useState(false);
  const [tried, setTried] = useState(false);
  const consent = wordsIn(config.consentText, language);
  const greeting =
    wordsIn(status.online ? config.greeting : config.awayGreeting, language) ||
    (status.online ? t.greeting : t.awayGreeting);

  const faults = Object.fromEntries(
    config.preChat.map((field) => [field.id, faultOf(t, field, (answers[field.id] ?? '').trim())]),
  );
  const complete = Object.values(faults).every((fault) => fault === null) && (agreed || !consent);

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!complete) {
      const form = event.currentTarget as HTMLFormElement;
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const given = Object.entries(answers)
      .map(([id, value]) => [id, value.trim()] as const)
      .filter(([, value]) => value !== '');
    chat.begin(Object.fromEntries(given));
  };

  return (
    <form class="start" onSubmit={submit} noValidate>
      <p class="bubble theirs">{greeting}</p>
      {config.preChat.map((field) => (
        <Field
          key={field.id}
          field={field}
          label={wordsIn(field.label, language) || field.id}
          value={answers[field.id] ?? ''}
          fault={tried ? (faults[field.id] ?? null) : null}
          change={(value) => setAnswers({ ...answers, [field.id]: value })}
        />
      ))}
      {consent && (
        <div class="consent">
          <p id="consent">
            {stretches(consent).map(({ text, href }) =>
              href ? (
                <a href={href} target="_blank" rel="noopener noreferrer">
                  {text}
                </a>
              ) : (
                text
              ),
            )}
          </p>
          <label class="check">
            <input
              type="checkbox"
              checked={agreed}
              aria-describedby="consent"
              aria-invalid={tried && !agreed}
              onChange={(event) => setAgreed(event.currentTarget.checked)}
            />
            {t.agree}
          </label>
          {tried && !agreed && <p class="fault">{t.required}</p>}
        </div>
      )}
      <button type="submit" class="primary">
        {t.start}
      </button>
    </form>
  );
}

function faultOf(t: Texts, field: PreChatField, value: string): string | null {
  if (value === '') return field.required ? t.required : null;
  if (looksLike(field.kind, value)) return null;
  return field.kind === 'email' ? t.wrongEmail : t.wrongPhone;
}

interface FieldProps {
  field: PreChatField;
  label: string;
  value: string;
  fault: string | null;
  change(value: string): void;
}

function Field({ field, label, value, fault, change }: FieldProps) {
  const { t } = useChat();
  const id = `field-${field.id}`;
  const shared = {
    id,
    value,
    'aria-invalid': fault !== null,
    'aria-required': field.required,
    'aria-describedby': fault ? `${id}-fault` : undefined,
  };
  return (
    <div class="field">
      <label htmlFor={id}>
        {label}
        {!field.required && <small> ({t.optional})</small>}
      </label>
      {field.kind === 'choice' ? (
        <select {...shared} onChange={(event) => change(event.currentTarget.value)}>
          <option value="">{t.choose}</option>
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          {...inputs[field.kind]}
          maxLength={visitorLimits.answer}
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}
