import { useTranslation } from 'react-i18next';
import type { Team } from '@loket/contracts/teams.js';
import { useChannels } from '../../../api/channels.js';
import { useAgentWork } from '../../../api/teams.js';
import { useHours } from '../../../api/workspace.js';
import s from '../components/settings.module.css';
import w from '../people/work.module.css';
import type { TeamForm } from './team-form.js';
import { teamSentences } from './team-sentences.js';

/** What the settings come to, as they are typed. */
export function WhatHappens({ form, teams }: { form: TeamForm; teams: readonly Team[] }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels().data ?? [];
  const people = useAgentWork().data ?? [];
  const usual = useHours().data;
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' });
  const sentences = teamSentences(form, {
    people,
    channelNames: new Map(channels.map(({ id, name }) => [id, name])),
    teamNames: new Map(teams.map(({ id, name }) => [id, name])),
    usual,
    list: (names) => list.format(names),
  });
  return (
    <section className={`${s.panel} ${w.will}`} aria-labelledby="will">
      <h2 id="will">{t('settings.teams.will.title')}</h2>
      <ol>
        {sentences.map(({ key, values }) => (
          <li key={key}>{t(`settings.teams.will.${key}`, values)}</li>
        ))}
      </ol>
    </section>
  );
}
