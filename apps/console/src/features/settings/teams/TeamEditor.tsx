import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '@loket/contracts/teams.js';
import { ApiError } from '../../../api/client.js';
import { useCreateTeam, useUpdateTeam } from '../../../api/teams.js';
import { SettingsForm } from '../components/SettingsForm.js';
import s from '../components/settings.module.css';
import { useEditor } from '../components/useEditor.js';
import { CloseTeam } from './CloseTeam.js';
import { DistributionFields } from './DistributionFields.js';
import { MemberFields } from './MemberFields.js';
import { OverflowFields } from './OverflowFields.js';
import { TeamHours } from './TeamHours.js';
import { WhatHappens } from './WhatHappens.js';
import { teamFormOf, teamOf, wrongIn } from './team-form.js';

/** Everything about one team, and beside it in plain words what it comes to. */
export function TeamEditor({
  team,
  teams,
  timeZone,
  onSaved,
  onClosed,
}: {
  /** null = a new one */
  team: Team | null;
  teams: readonly Team[];
  /** of the workspace */
  timeZone: string;
  onSaved: (team: Team) => void;
  onClosed: () => void;
}) {
  const { t } = useTranslation();
  const [closing, setClosing] = useState(false);
  const create = useCreateTeam();
  const update = useUpdateTeam();
  const { base, form, change, asked, error, frame } = useEditor(team, (one) => teamFormOf(one, timeZone), {
    create,
    update,
    bodyOf: (draft) => (wrongIn(draft).length > 0 ? null : teamOf(draft)),
    onSaved,
  });
  const taken = error instanceof ApiError && error.code === 'team_name_taken';
  const wrong = new Set<string>(wrongIn(form));
  const problem = (field: string) => {
    if (!asked || !wrong.has(field)) return undefined;
    return t(field.startsWith('officeHours') ? 'settings.hours.missing' : 'settings.teams.minutesWrong');
  };
  const fields = { form, change, problem };
  return (
    <div className={s.two}>
      <SettingsForm
        {...frame}
        error={taken ? null : error}
        saveLabel={base ? t('ui.save') : t('settings.teams.create')}
        actions={
          base &&
          !base.closed && (
            <Button variant="default" onClick={() => setClosing(true)}>
              {t('settings.teams.close')}
            </Button>
          )
        }
      >
        <fieldset>
          <TextInput
            label={t('settings.teams.name')}
            placeholder={t('settings.teams.nameExample')}
            maxLength={80}
            value={form.name}
            onChange={(event) => {
              change({ name: event.currentTarget.value });
              create.reset();
            }}
            error={
              (taken && t('settings.teams.nameTaken')) ||
              (asked && wrong.has('name') && t('settings.missing.name'))
            }
          />
          <MemberFields form={form} change={change} team={base} teams={teams} />
        </fieldset>
        <DistributionFields {...fields} />
        <OverflowFields {...fields} teams={teams} id={base?.id} />
        <TeamHours {...fields} />
      </SettingsForm>
      <div className={s.column}>
        <WhatHappens form={form} teams={teams} />
      </div>
      {closing && base && <CloseTeam team={base} onClose={() => setClosing(false)} onDone={onClosed} />}
    </div>
  );
}
