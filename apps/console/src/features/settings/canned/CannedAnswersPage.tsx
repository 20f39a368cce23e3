import { SegmentedControl, TextInput } from '@mantine/core';
import { IconMessage2Bolt, IconPaperclip } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CannedAnswer } from '@loket/contracts/canned-answers.js';
import { useEveryCannedAnswer } from '../../../api/canned-answers.js';
import { useTeams } from '../../../api/teams.js';
import { currentLocale } from '../../../app/i18n.js';
import { ListPage } from '../components/ListPage.js';
import s from '../components/settings.module.css';
import b from '../webchat/webchat.module.css';
import { cannedLocales, searchCanned } from './canned-form.js';
import g from './canned.module.css';

const filters = ['every', 'mine', 'team', 'all'] as const;
type Filter = (typeof filters)[number];

/** Answers that are given often. Everybody keeps his own; supervisors those of teams and of all. */
export function CannedAnswersPage() {
  const { t } = useTranslation();
  const answers = useEveryCannedAnswer();
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<Filter>('every');
  return (
    <ListPage
      title={t('settings.canned.title')}
      intro={t('settings.canned.intro')}
      query={answers}
      add={{ label: t('settings.canned.add'), to: '/settings/canned-answers/new' }}
      empty={{
        icon: <IconMessage2Bolt size={26} stroke={1.5} />,
        title: t('settings.canned.none'),
        text: t('settings.canned.noneWhy'),
      }}
    >
      {(all) => {
        const found = searchCanned(all, words).filter(({ scope }) => filter === 'every' || scope === filter);
        return (
          <>
            <div className={g.find}>
              <TextInput
                className="grow"
                aria-label={t('settings.canned.search')}
                placeholder={t('settings.canned.search')}
                value={words}
                onChange={(event) => setWords(event.currentTarget.value)}
              />
              <SegmentedControl
                className={b.seg ?? ''}
                aria-label={t('settings.canned.scope')}
                value={filter}
                data={filters.map((value) => ({ value, label: t(`settings.canned.filter.${value}`) }))}
                onChange={setFilter}
              />
            </div>
            {found.length === 0 ? (
              <p className={s.dim}>{t('ui.noMatches')}</p>
            ) : (
              <ul className={s.tbl}>
                {found.map((answer) => (
                  <CannedRow key={answer.id} answer={answer} />
                ))}
              </ul>
            )}
          </>
        );
      }}
    </ListPage>
  );
}

function CannedRow({ answer }: { answer: CannedAnswer }) {
  const { t } = useTranslation();
  const teams = useTeams().data ?? [];
  const { id, shortcut, title, texts, attachments, scope, teamId } = answer;
  const text = texts[currentLocale()] ?? texts.id ?? texts.en ?? '';
  const whose =
    scope === 'team'
      ? (teams.find((team) => team.id === teamId)?.name ?? t('settings.canned.filter.team'))
      : t(`settings.canned.of.${scope}`);
  return (
    <li>
      <Link href={`/settings/canned-answers/${id}`} className={`${s.r} ${g.row}`}>
        <code className="cut">/{shortcut}</code>
        <span style={{ minWidth: 0 }}>
          <b className="cut" style={{ display: 'block' }}>
            {title}
          </b>
          <small className="cut" style={{ display: 'block' }}>
            {text}
          </small>
        </span>
        <span className={`${s.dim} ${g.marks}`}>
          {attachments.length > 0 && (
            <span>
              <IconPaperclip size={13} aria-hidden /> {attachments.length}
              <span className="sr"> {t('settings.canned.files')}</span>
            </span>
          )}
          {cannedLocales
            .filter((locale) => texts[locale])
            .map((locale) => (
              <span key={locale} className={g.lang}>
                {locale.toUpperCase()}
              </span>
            ))}
        </span>
        <span className={`${s.dim} cut`}>{whose}</span>
      </Link>
    </li>
  );
}
