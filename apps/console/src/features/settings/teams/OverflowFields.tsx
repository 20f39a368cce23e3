import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Team } from '@loket/contracts/teams.js';
import type { FieldProblem } from '../components/useEmailForm.js';
import s from '../components/settings.module.css';
import { overflowChoices, type TeamForm } from './team-form.js';

/** Where cases go that nobody here could take. Holds for teams, too, that take their cases themselves. */
export function OverflowFields({
  form,
  change,
  problem,
  teams,
  id,
}: {
  form: TeamForm;
  change: (part: Partial<TeamForm>) => void;
  problem: FieldProblem;
  teams: readonly Team[];
  id: string | undefined;
}) {
  const { t } = useTranslation();
  const choices = overflowChoices(teams, id);
  const { overflow } = form;
  if (choices.length === 0 && overflow.teamId === null) return null;
  return (
    <fieldset>
      <legend className={s.sub}>{t('settings.teams.overflow')}</legend>
      <div className={s.halves}>
        <Select
          label={t('settings.teams.overflowTo')}
          data={[
            { value: '', label: t('settings.teams.overflowNever') },
            ...choices.map((team) => ({ value: team.id, label: team.name })),
          ]}
          value={overflow.teamId ?? ''}
          allowDeselect={false}
          onChange={(teamId) => change({ overflow: { ...overflow, teamId: teamId || null } })}
        />
        {overflow.teamId !== null && (
          <NumberInput
            label={t('settings.teams.overflowAfter')}
            suffix={` ${t('settings.teams.minutes')}`}
            value={overflow.minutes}
            onChange={(minutes) =>
              change({ overflow: { ...overflow, minutes: typeof minutes === 'number' ? minutes : '' } })
            }
            min={1}
            max={10_080}
            clampBehavior="none"
            allowDecimal={false}
            allowNegative={false}
            hideControls
            error={problem('overflow')}
          />
        )}
      </div>
    </fieldset>
  );
}
