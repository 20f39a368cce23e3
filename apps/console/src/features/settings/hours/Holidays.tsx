import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Holiday } from '@loket/contracts/settings.js';
import { currentLocale } from '../../../app/i18n.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from '../components/settings.module.css';
import { daysOf, fixedHolidays, spansOfHolidays, withHolidays } from './holidays.js';
import g from './hours.module.css';

/** What the server takes. */
const mostDays = 300;

/** Named days on which nobody is there. */
export function Holidays({
  holidays,
  onChange,
}: {
  holidays: Holiday[];
  onChange: (holidays: Holiday[]) => void;
}) {
  const { t } = useTranslation();
  const today = useFormat().dayKey(new Date());
  const [{ from, to, name }, setNext] = useState({ from: '', to: '', name: '' });
  const suggested = fixedHolidays(today).filter(({ date }) => !holidays.some((one) => one.date === date));
  const backwards = from !== '' && to !== '' && to < from;
  const ready = from !== '' && name.trim() !== '' && !backwards;
  const day = dayFormat();
  const add = () => {
    if (!ready) return;
    onChange(withHolidays(holidays, daysOf({ from, to: to || from, name: name.trim() })).slice(0, mostDays));
    setNext({ from: '', to: '', name: '' });
  };
  const spans = spansOfHolidays(holidays);
  return (
    <fieldset>
      <legend className={s.sub}>{t('settings.hours.holidays')}</legend>
      <p className={s.dim}>
        {t(holidays.length > 0 ? 'settings.hours.holidaysWhy' : 'settings.hours.noHolidays')}
      </p>
      {spans.length > 0 && (
        <ul className={g.list}>
          {spans.map((span) => {
            const remove = t('settings.hours.removeHoliday', { name: span.name });
            return (
              <li key={span.from} data-past={span.to < today || undefined}>
                <span className={g.date}>
                  {span.from === span.to ? day(span.from) : `${day(span.from)} – ${day(span.to)}`}
                </span>
                <b className="cut grow">{span.name}</b>
                <Tooltip label={remove}>
                  <ActionIcon
                    aria-label={remove}
                    onClick={() => onChange(holidays.filter((_, at) => !span.at.includes(at)))}
                  >
                    <IconX size={15} />
                  </ActionIcon>
                </Tooltip>
              </li>
            );
          })}
        </ul>
      )}
      <div className={g.add}>
        <TextInput
          type="date"
          label={t('settings.hours.from')}
          value={from}
          onChange={(event) => setNext({ from: event.currentTarget.value, to, name })}
        />
        <TextInput
          type="date"
          label={t('settings.hours.to')}
          min={from}
          value={to}
          onChange={(event) => setNext({ from, to: event.currentTarget.value, name })}
          error={backwards && t('settings.hours.backwards')}
        />
        <TextInput
          label={t('settings.hours.holidayName')}
          placeholder={t('settings.hours.holidayExample')}
          maxLength={80}
          value={name}
          onChange={(event) => setNext({ from, to, name: event.currentTarget.value })}
          onKeyDown={(event) => {
            // Enter adds the day; it does not save the page
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" onClick={add} disabled={!ready}>
          {t('settings.hours.addHoliday')}
        </Button>
      </div>
      {suggested.length > 0 && (
        <div>
          <Button size="xs" variant="default" onClick={() => onChange(withHolidays(holidays, suggested))}>
            {t('settings.hours.addFixed', { count: suggested.length })}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** A day of the calendar is no moment: it is shown as it stands, whatever the reader's clock. */
function dayFormat(): (date: string) => string {
  const format = new Intl.DateTimeFormat(currentLocale() === 'id' ? 'id-ID' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return (date) => format.format(new Date(`${date}T00:00:00Z`));
}
