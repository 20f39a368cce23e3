import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import c from '../components/settings.module.css';
import type { WebchatForm } from '../webchat-form.js';
import { likeDay, weekdays } from '../week.js';
import { DayHours } from './DayHours.js';
import type { TabProps } from './useWebchatForm.js';
import s from './webchat.module.css';

/** Zones of Indonesia first: most companies here need no other. */
const home = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'];
const abroad = Intl.supportedValuesOf('timeZone').filter((zone) => !home.includes(zone));

/** When somebody is there. Outside, visitors are told when it opens again, and can write all the same. */
export function HoursTab({ state }: TabProps) {
  const { t } = useTranslation();
  const { hours } = state.form;
  const set = (part: Partial<WebchatForm['hours']>) => state.change({ hours: { ...hours, ...part } });
  const zones = (values: string[]) =>
    values.map((value) => ({ value, label: zoneName(value, t(`settings.webchat.zone.${value}`, '')) }));
  const first = weekdays.find((day) => hours.week.some((span) => span.day === day));
  return (
    <fieldset>
      <p className={c.dim}>{t('settings.webchat.hoursWhy')}</p>
      <SegmentedControl
        className={s.seg ?? ''}
        aria-label={t('settings.webchat.tab.hours')}
        value={hours.on ? 'set' : 'always'}
        data={(['always', 'set'] as const).map((value) => ({
          value,
          label: t(`settings.webchat.open.${value}`),
        }))}
        onChange={(value) => set({ on: value === 'set' })}
      />
      {hours.on && (
        <>
          <Select
            label={t('settings.webchat.timeZone')}
            data={[
              { group: 'Indonesia', items: zones(home) },
              { group: t('settings.webchat.otherZones'), items: zones(withStored(hours.timeZone)) },
            ]}
            value={hours.timeZone}
            searchable
            allowDeselect={false}
            withScrollArea={false}
            classNames={{ options: s.options ?? '' }}
            onChange={(timeZone) => timeZone && set({ timeZone })}
            error={state.problem('officeHours.timeZone')}
          />
          <ul className={s.week}>
            {weekdays.map((day) => (
              <DayHours
                key={day}
                day={day}
                week={hours.week}
                problem={state.problem}
                onChange={(week) => set({ week })}
              />
            ))}
          </ul>
          {first !== undefined && (
            <div>
              <button
                type="button"
                className={s.link}
                onClick={() => set({ week: likeDay(hours.week, first) })}
              >
                {t('settings.webchat.sameHours', { day: t(`settings.webchat.day.${String(first)}`) })}
              </button>
            </div>
          )}
          {first === undefined && <p className={c.note}>{t('settings.webchat.neverOpen')}</p>}
        </>
      )}
    </fieldset>
  );
}

/** A zone that this browser does not list stays, where the settings name it. */
function withStored(zone: string): string[] {
  return home.includes(zone) || abroad.includes(zone) ? abroad : [zone, ...abroad];
}

function zoneName(zone: string, short: string): string {
  const name = zone.replaceAll('_', ' ');
  return short ? `${name} (${short})` : name;
}
