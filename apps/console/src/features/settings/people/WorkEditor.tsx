import { MultiSelect, NumberInput, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentWork, Team } from '@loket/contracts/teams.js';
import { useMe } from '../../../api/session.js';
import { useTags } from '../../../api/tags.js';
import { useAgentWork, useUpdateAgentWork, useUpdateTeam } from '../../../api/teams.js';
import { useWorkspace } from '../../../api/workspace.js';
import { currentLocale } from '../../../app/i18n.js';
import { showToast } from '../../../ui/toasts.js';
import { SettingsForm } from '../components/SettingsForm.js';
import s from '../components/settings.module.css';
import { useEdited } from '../components/useEdited.js';
import { languageChoices } from './languages.js';
import { LimitFields } from './LimitFields.js';
import { personFormOf, teamChanges, workOf } from './person-form.js';

/** What somebody can carry, do and speak, and his teams: what routing looks at. */
export function WorkEditor({ work, teams }: { work: AgentWork; teams: readonly Team[] }) {
  const { t } = useTranslation();
  const admin = useMe().role === 'admin';
  const { base, form, change, restart, dirty } = useEdited(work, personFormOf);
  const update = useUpdateAgentWork();
  const updateTeam = useUpdateTeam();
  const everybody = useAgentWork().data ?? [];
  const tags = useTags().data ?? [];
  const answered = useWorkspace().data?.customerLanguages ?? [];
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { id, name } = work.agent;
  const skills = [
    ...new Set([
      ...everybody.flatMap((one) => one.skills),
      ...tags.filter(({ archived }) => !archived).map((tag) => tag.name.toLowerCase()),
    ]),
  ].toSorted();
  const save = async () => {
    setSaving(true);
    setFailure(null);
    try {
      const saved = await update.mutateAsync({ id, ...workOf(form) });
      const { joins, leaves } = teamChanges(base.teamIds, form.teamIds);
      for (const team of teams.filter((one) => joins.includes(one.id) || leaves.includes(one.id))) {
        const others = team.members.map((member) => member.id).filter((member) => member !== id);
        const memberIds = joins.includes(team.id) ? [...others, id] : others;
        await updateTeam.mutateAsync({ id: team.id, memberIds, version: team.version });
      }
      restart({ ...saved, teamIds: form.teamIds });
      showToast({ text: t('settings.people.workSaved', { name }) });
    } catch (error) {
      setFailure(error);
    } finally {
      setSaving(false);
    }
  };
  return (
    <SettingsForm dirty={dirty} saving={saving} error={failure} onSave={() => void save()}>
      <fieldset>
        <legend className={s.sub}>{t('settings.people.capacity')}</legend>
        <p className={s.dim}>{t('settings.people.capacityWhy')}</p>
        <NumberInput
          label={t('settings.people.total')}
          value={form.total}
          onChange={(total) => change({ total: typeof total === 'number' ? total : '' })}
          min={0}
          max={500}
          allowDecimal={false}
          allowNegative={false}
          error={form.total === 0 && t('settings.people.nothing')}
        />
        <LimitFields form={form} change={change} />
      </fieldset>
      <fieldset>
        <legend className={s.sub}>{t('settings.people.knows')}</legend>
        <TagsInput
          label={t('settings.people.skills')}
          description={t('settings.people.skillsWhy')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={form.skills.length === 0 ? t('settings.people.skillsHint') : undefined}
          data={skills}
          value={form.skills}
          onChange={(next) => change({ skills: next.map((skill) => skill.toLowerCase()) })}
          maxTags={50}
          acceptValueOnBlur
        />
        <MultiSelect
          label={t('settings.people.languages')}
          description={t('settings.people.languagesWhy')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={languageChoices(currentLocale(), form.languages, answered)}
          value={form.languages}
          onChange={(languages) => change({ languages })}
          searchable
          hidePickedOptions
          nothingFoundMessage={t('ui.noMatches')}
        />
      </fieldset>
      {admin && (
        <fieldset>
          <MultiSelect
            label={t('settings.teams.title')}
            description={teams.length === 0 ? t('settings.people.noTeams') : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={teams
              .filter((team) => !team.closed || form.teamIds.includes(team.id))
              .map((team) => ({ value: team.id, label: team.name }))}
            value={form.teamIds}
            onChange={(teamIds) => change({ teamIds })}
            searchable
            hidePickedOptions
            nothingFoundMessage={t('ui.noMatches')}
          />
        </fieldset>
      )}
    </SettingsForm>
  );
}
