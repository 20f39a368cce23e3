import { Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import c from '../components/settings.module.css';
import type { FieldProblem } from '../components/useEmailForm.js';
import type { Words } from '../webchat-form.js';
import s from './webchat.module.css';

const languages = [
  ['id', 'Indonesia'],
  ['en', 'English'],
] as const;

/** The same words in both languages, named in these, since whoever writes one may not read the other. */
export function WordsFields({
  label,
  why,
  value,
  onChange,
  most,
  placeholder,
  lines = 1,
  field,
  problem,
}: {
  label: string;
  why?: string;
  value: Words;
  onChange: (words: Words) => void;
  /** characters */
  most: number;
  /** what visitors read where nothing is written */
  placeholder?: Words;
  lines?: number;
  field: string;
  problem: FieldProblem;
}) {
  const id = useId();
  const fault = problem(field);
  return (
    <div role="group" aria-labelledby={id}>
      <div className={s.label} id={id}>
        {label}
      </div>
      <div className={c.halves}>
        {languages.map(([language, name]) => {
          const shared = {
            'aria-label': `${label}, ${name}`,
            lang: language,
            maxLength: most,
            placeholder: placeholder?.[language] ?? '',
            value: value[language],
            rightSection: (
              <span className={s.mark} aria-hidden="true">
                {language.toUpperCase()}
              </span>
            ),
            rightSectionPointerEvents: 'none' as const,
            error: problem(`${field}.${language}`) ?? (language === 'id' && fault),
            onChange: (event: { currentTarget: { value: string } }) =>
              onChange({ ...value, [language]: event.currentTarget.value }),
          };
          return lines > 1 ? (
            <Textarea key={language} {...shared} autosize minRows={lines} maxRows={8} />
          ) : (
            <TextInput key={language} {...shared} />
          );
        })}
      </div>
      {why && <p className={s.why}>{why}</p>}
    </div>
  );
}
