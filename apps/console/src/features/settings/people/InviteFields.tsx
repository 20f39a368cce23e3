import { Checkbox, MultiSelect, Select, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { invitationLimits } from '@loket/contracts/invitation-limits.js';
import { errorText } from '../../../api/error-text.js';
import { useTeams } from '../../../api/teams.js';
import s from '../components/settings.module.css';
import type { InviteFormState } from './useInviteForm.js';

/** Addresses, and what all of them will be here. */
export function InviteFields({ invite }: { invite: InviteFormState }) {
  const { t } = useTranslation();
  const teams = (useTeams().data ?? []).filter((team) => !team.closed);
  const { form, change, problem, wrong, canMail, error } = invite;
  const problemText = () => {
    if (problem === 'wrong') return t('settings.people.invite.wrong', { addresses: wrong.join(', ') });
    if (problem === 'many') return t('settings.people.invite.many', { count: invitationLimits.atOnce });
    return problem === 'none' && t('settings.missing.address');
  };
  return (
    <div className={s.form}>
      <Textarea
        data-autofocus
        label={t('settings.people.invite.emails')}
        description={t('settings.people.invite.emailsWhy')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={'rina@toko.co.id\nbudi@toko.co.id'}
        autosize
        minRows={3}
        maxRows={8}
        autoComplete="off"
        spellCheck={false}
        value={form.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        error={problemText()}
      />
      <div className={s.halves}>
        <Select
          label={t('settings.people.role')}
          description={t(`settings.people.may.${form.role}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={(['agent', 'supervisor', 'admin'] as const).map((role) => ({
            value: role,
            label: t(`ui.role.${role}`),
          }))}
          value={form.role}
          onChange={(role) => role && change({ role })}
          allowDeselect={false}
        />
        <Select
          label={t('settings.people.invite.language')}
          description={t('settings.people.invite.languageWhy')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={[
            { value: 'id', label: 'Indonesia' },
            { value: 'en', label: 'English' },
          ]}
          value={form.locale}
          onChange={(locale) => locale && change({ locale: locale === 'en' ? 'en' : 'id' })}
          allowDeselect={false}
        />
      </div>
      {teams.length > 0 && (
        <MultiSelect
          label={t('settings.teams.title')}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={form.teamIds}
          onChange={(teamIds) => change({ teamIds })}
          placeholder={form.teamIds.length === 0 ? t('settings.people.noTeam') : undefined}
          searchable
          hidePickedOptions
          nothingFoundMessage={t('ui.noMatches')}
        />
      )}
      {canMail ? (
        <Checkbox
          label={t('settings.people.invite.mail')}
          description={t('settings.people.invite.mailWhy')}
          checked={form.mail}
          onChange={(event) => change({ mail: event.currentTarget.checked })}
        />
      ) : (
        <p className={s.note} data-tone="plain">
          {t('settings.people.invite.noMail')}
        </p>
      )}
      {error && (
        <p className={s.note} data-tone="danger" role="alert">
          {errorText(t, error)}
        </p>
      )}
    </div>
  );
}
