import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '@loket/contracts/teams.js';
import { ApiError } from '../../../api/client.js';
import { useCreateTeam, useUpdateTeam } from '../../../api/teams.js';
import { SettingsForm } from '../components/SettingsForm.js';
import s from '../components/settings.module.css';
import { useEdited } from '../components/useEdited.js';
import { conflicting } from '../conflicting.js';
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
  const { base, form, change, restart, dirty } = useEdited(team, (one) => teamFormOf(one, timeZone));
  const [asked, setAsked] = useState(false);
  const [closing, setClosing] = useState(false);
  const create = useCreateTeam();
  const update = useUpdateTeam();
  const failure = create.error ?? update.error;
  const theirs = conflicting<Team>(update.error);
  const taken = failure instanceof ApiError && failure.code === 'team_name_taken';
  const wrong = new Set<string>(wrongIn(form));
  const problem = (field: string) => {
    if (!asked || !wrong.has(field)) return undefined;
    return t(field.startsWith('officeHours') ? 'settings.hours.missing' : 'settings.teams.minutesWrong');
  };
  const save = (over: boolean, release: () => void) => {
    setAsked(true);
    if (wrong.size > 0) return;
    const done = {
      onSuccess: (saved: Team) => {
        release();
        setAsked(false);
        restart(saved);
        onSaved(saved);
      },
    };
    const version = over ? theirs?.version : base?.version;
    if (base)
      update.mutate({ id: base.id, ...teamOf(form), ...(version !== undefined && { version }) }, done);
    else create.mutate(teamOf(form), done);
  };
  const fields = { form, change, problem };
  return (
    <div className={s.two}>
      <SettingsForm
        dirty={dirty}
        isNew={base === null}
        saving={create.isPending || update.isPending}
        error={taken ? null : failure}
        theirs={theirs !== null}
        onTake={() => {
          if (theirs) restart(theirs);
          update.reset();
        }}
        onSave={save}
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
