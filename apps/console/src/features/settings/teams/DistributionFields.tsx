import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldProblem } from '../components/useEmailForm.js';
import s from '../components/settings.module.css';
import { MinutesRule } from './MinutesRule.js';
import { distributions, type TeamForm } from './team-form.js';

/** How cases come to people, and when they come back. */
export function DistributionFields({
  form,
  change,
  problem,
}: {
  form: TeamForm;
  change: (part: Partial<TeamForm>) => void;
  problem: FieldProblem;
}) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className={s.sub}>{t('settings.teams.distribution.title')}</legend>
      <div className={s.choices}>
        {distributions.map((one) => (
          <label key={one} className={s.choice}>
            <input
              type="radio"
              name="distribution"
              value={one}
              checked={one === form.distribution}
              onChange={() => change({ distribution: one })}
            />
            <span>
              <b>{t(`settings.teams.distribution.${one}.name`)}</b>
              <span className={s.choiceWhy}>{t(`settings.teams.distribution.${one}.why`)}</span>
            </span>
          </label>
        ))}
      </div>
      {form.distribution !== 'manual' && (
        <>
          <Checkbox
            label={t('settings.teams.sticky')}
            description={t('settings.teams.stickyWhy')}
            checked={form.sticky}
            onChange={(event) => change({ sticky: event.currentTarget.checked })}
          />
          <MinutesRule
            label={t('settings.teams.silent')}
            minutesLabel={t('settings.teams.silentMinutes')}
            value={form.silent}
            onChange={(silent) => change({ silent })}
            error={problem('silent')}
          />
          <MinutesRule
            label={t('settings.teams.offline')}
            minutesLabel={t('settings.teams.offlineMinutes')}
            value={form.offline}
            onChange={(offline) => change({ offline })}
            error={problem('offline')}
          />
        </>
      )}
    </fieldset>
  );
}
