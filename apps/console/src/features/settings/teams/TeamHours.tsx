import { Checkbox, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FieldProblem } from '../components/useEmailForm.js';
import s from '../components/settings.module.css';
import { WeekEditor } from '../hours/WeekEditor.js';
import { ZoneSelect } from '../hours/ZoneSelect.js';
import b from '../webchat/webchat.module.css';
import type { TeamForm } from './team-form.js';

/** When a team works, and what becomes of cases that come in otherwise. */
export function TeamHours({
  form,
  change,
  problem,
}: {
  form: TeamForm;
  change: (part: Partial<TeamForm>) => void;
  problem: FieldProblem;
}) {
  const { t } = useTranslation();
  const { hours, outOfHours } = form;
  const set = (part: Partial<TeamForm['hours']>) => change({ hours: { ...hours, ...part } });
  if (form.distribution === 'manual') return null;
  return (
    <fieldset>
      <legend className={s.sub}>{t('settings.hours.title')}</legend>
      <SegmentedControl
        className={b.seg ?? ''}
        aria-label={t('settings.hours.title')}
        value={hours.on ? 'own' : 'usual'}
        data={(['usual', 'own'] as const).map((value) => ({
          value,
          label: t(`settings.teams.hours.${value}`),
        }))}
        onChange={(value) => set({ on: value === 'own' })}
      />
      {hours.on ? (
        <>
          <ZoneSelect value={hours.timeZone} onChange={(timeZone) => set({ timeZone })} />
          <WeekEditor
            week={hours.week}
            onChange={(week) => set({ week })}
            problem={problem}
            neverOpen={t('settings.teams.hours.never')}
          />
          <Checkbox
            label={t('settings.hours.alsoHolidays')}
            checked={hours.holidays}
            onChange={(event) => set({ holidays: event.currentTarget.checked })}
          />
        </>
      ) : (
        <p className={s.dim}>
          {t('settings.hours.ofWorkspace')} <Link href="/settings/hours">{t('settings.hours.look')}</Link>
        </p>
      )}
      <div>
        <p className={b.label} id="out-of-hours">
          {t('settings.teams.outOfHours.title')}
        </p>
        <SegmentedControl
          className={b.seg ?? ''}
          aria-labelledby="out-of-hours"
          value={outOfHours}
          data={(['hold', 'distribute'] as const).map((value) => ({
            value,
            label: t(`settings.teams.outOfHours.${value}`),
          }))}
          onChange={(value) => change({ outOfHours: value })}
        />
      </div>
    </fieldset>
  );
}
