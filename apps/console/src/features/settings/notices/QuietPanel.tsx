import { Chip, Group, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuietHours } from '@loket/contracts/notice-preferences.js';
import { useMe } from '../../../api/session.js';
import panel from '../components/settings.module.css';
import type { WishesProps } from './NoticeSettingsPage.js';
import s from './notices.module.css';

const days = [1, 2, 3, 4, 5, 6, 7] as const;
const usual: QuietHours = { from: '21:00', to: '07:00', days: [...days] };

/** Hours in which nothing rings, pops up or is pushed. */
export function QuietPanel({ wishes: { quiet }, onChange }: WishesProps) {
  const { t, i18n } = useTranslation();
  const { timeZone } = useMe();
  // what was set before it was switched off
  const [last, setLast] = useState(quiet ?? usual);
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
  const set = (change: Partial<QuietHours>) => {
    const next = { ...(quiet ?? last), ...change };
    setLast(next);
    onChange({ quiet: next });
  };
  return (
    <section className={panel.panel}>
      <h2>{t('notices.quiet.title')}</h2>
      <p>{t('notices.quiet.why', { zone: timeZone.replaceAll('_', ' ') })}</p>
      <Switch
        label={t('notices.quiet.on')}
        checked={quiet !== null}
        onChange={(event) => onChange({ quiet: event.currentTarget.checked ? last : null })}
      />
      {quiet && (
        <>
          <div className={s.hours}>
            {(['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                type="time"
                label={t(`notices.quiet.${end}`)}
                value={quiet[end]}
                onChange={({ currentTarget: { value } }) => value && set({ [end]: value })}
              />
            ))}
          </div>
          <Group gap={6} role="group" aria-label={t('notices.quiet.days')}>
            {days.map((day) => (
              <Chip
                key={day}
                size="xs"
                checked={quiet.days.includes(day)}
                // without any day it would never be quiet: that is what the switch is for
                disabled={quiet.days.length === 1 && quiet.days.includes(day)}
                onChange={(checked) =>
                  set({ days: days.filter((one) => (one === day ? checked : quiet.days.includes(one))) })
                }
              >
                {weekday.format(new Date(Date.UTC(2024, 0, day)))}
              </Chip>
            ))}
          </Group>
        </>
      )}
    </section>
  );
}
