import { Checkbox, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import c from '../components/settings.module.css';
import { WeekEditor } from '../hours/WeekEditor.js';
import { ZoneSelect } from '../hours/ZoneSelect.js';
import type { WebchatForm } from '../webchat-form.js';
import type { TabProps } from './useWebchatForm.js';
import s from './webchat.module.css';

/** When somebody is there. Outside, visitors are told when it opens again, and can write all the same. */
export function HoursTab({ state }: TabProps) {
  const { t } = useTranslation();
  const { hours } = state.form;
  const set = (part: Partial<WebchatForm['hours']>) => state.change({ hours: { ...hours, ...part } });
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
      {hours.on ? (
        <>
          <ZoneSelect
            value={hours.timeZone}
            onChange={(timeZone) => set({ timeZone })}
            error={state.problem('officeHours.timeZone')}
          />
          <WeekEditor
            week={hours.week}
            onChange={(week) => set({ week })}
            problem={state.problem}
            neverOpen={t('settings.webchat.neverOpen')}
          />
          <Checkbox
            label={t('settings.hours.alsoHolidays')}
            checked={hours.holidays}
            onChange={(event) => set({ holidays: event.currentTarget.checked })}
          />
        </>
      ) : (
        <p className={c.dim}>
          {t('settings.hours.ofWorkspace')} <Link href="/settings/hours">{t('settings.hours.look')}</Link>
        </p>
      )}
    </fieldset>
  );
}
