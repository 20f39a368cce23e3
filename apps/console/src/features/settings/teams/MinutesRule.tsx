import { Checkbox, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import w from '../people/work.module.css';
import type { After } from './team-form.js';

/** Something that happens after some minutes, if it is switched on. */
export function MinutesRule({
  label,
  minutesLabel,
  value,
  onChange,
  error,
}: {
  label: string;
  minutesLabel: string;
  value: After;
  onChange: (value: After) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation();
  return (
    <div className={w.rule}>
      <Checkbox
        label={label}
        checked={value.on}
        onChange={(event) => onChange({ ...value, on: event.currentTarget.checked })}
      />
      {value.on && (
        <NumberInput
          className={w.minutes ?? ''}
          aria-label={minutesLabel}
          suffix={` ${t('settings.teams.minutes')}`}
          value={value.minutes}
          onChange={(minutes) => onChange({ ...value, minutes: typeof minutes === 'number' ? minutes : '' })}
          min={1}
          max={10_080}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          hideControls
          error={error}
        />
      )}
    </div>
  );
}
