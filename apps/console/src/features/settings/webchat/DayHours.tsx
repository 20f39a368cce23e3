import { ActionIcon, Checkbox, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../components/useEmailForm.js';
import type { Span } from '../webchat-form.js';
import { mostSpans, spansOf, stretchOf, withSpan } from '../week.js';
import s from './webchat.module.css';

/** One day of the week: closed, or open in one or more stretches. */
export function DayHours({
  day,
  week,
  problem,
  onChange,
}: {
  day: number;
  week: Span[];
  problem: FieldProblem;
  onChange: (week: Span[]) => void;
}) {
  const { t } = useTranslation();
  const name = t(`settings.webchat.day.${String(day)}`);
  const spans = spansOf(week, day);
  const add = t('settings.webchat.addHours', { day: name });
  const remove = t('settings.webchat.removeHours', { day: name });
  const set = (at: number, part: Partial<Span>) =>
    onChange(week.map((span, index) => (index === at ? { ...span, ...part } : span)));
  return (
    <li className={s.day}>
      <Checkbox
        label={name}
        checked={spans.length > 0}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked ? withSpan(week, day) : week.filter((span) => span.day !== day),
          )
        }
      />
      <div className={s.spans}>
        {spans.length === 0 && <span className={s.closed}>{t('settings.webchat.closed')}</span>}
        {spans.map(({ span, at }) => (
          <div key={at} className={s.span}>
            {(['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                type="time"
                size="sm"
                aria-label={t(`settings.webchat.${end}`, { day: name })}
                value={span[end]}
                onChange={(event) => set(at, { [end]: event.currentTarget.value })}
                error={problem(`officeHours.week.${String(at)}`) && (end === 'from' ? true : undefined)}
              />
            ))}
            <Tooltip label={remove}>
              <ActionIcon
                aria-label={remove}
                onClick={() => onChange(week.filter((_, index) => index !== at))}
              >
                <IconX size={15} />
              </ActionIcon>
            </Tooltip>
            <small>
              {problem(`officeHours.week.${String(at)}`) ??
                (stretchOf(span) !== 'day' && t(`settings.webchat.stretch.${stretchOf(span)}`))}
            </small>
          </div>
        ))}
      </div>
      {spans.length > 0 && week.length < mostSpans && (
        <Tooltip label={add}>
          <ActionIcon aria-label={add} onClick={() => onChange(withSpan(week, day))}>
            <IconPlus size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}
