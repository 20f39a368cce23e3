import { ActionIcon, Tooltip } from '@mantine/core';
import { IconUnlink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { errorText } from '../../../api/error-text.js';
import { linkCase, unlinkCase } from '../../../api/incidents.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { Face } from '../../../ui/Face.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { LinkCase } from './LinkCase.js';
import s from './incidents.module.css';

/** Who is hit: one row a case, and the way to link another. */
export function LinkedCases({ incident, alone }: { incident: IncidentDetail; alone: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const { id, cases, openCaseCount } = incident;
  const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
  const unlink = async (summary: CaseSummary) => {
    try {
      await unlinkCase(client, id, summary.id);
      const back = () => void linkCase(client, id, summary.id).catch(fail);
      showToast({ text: t('incidents.unlinked', { number: summary.number }), undo: back });
    } catch (error) {
      fail(error);
    }
  };
  return (
    <aside className={s.cases} data-alone={alone || undefined} aria-label={t('incidents.linkedCases')}>
      <div className={s.casesHead}>
        <h3>{t('incidents.linkedCases')}</h3>
        <span className="grow">
          {cases.length > 0 &&
            (openCaseCount > 0
              ? t('incidents.openOf', {
                  open: format.number(openCaseCount),
                  all: format.number(cases.length),
                })
              : t('incidents.allDone'))}
        </span>
        <LinkCase incident={incident} />
      </div>
      {cases.length === 0 ? (
        <p className={s.none}>{t('incidents.noCases')}</p>
      ) : (
        <ul className={s.caseRows}>
          {cases.map((summary) => (
            <CaseLine key={summary.id} summary={summary} onUnlink={() => void unlink(summary)} />
          ))}
        </ul>
      )}
    </aside>
  );
}

function CaseLine({ summary, onUnlink }: { summary: CaseSummary; onUnlink: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const name = nameOf(summary.customer);
  const label = t('incidents.unlink', { number: summary.number });
  return (
    <li className={s.case} data-status={summary.status}>
      <Link className={s.caseLink} href={`/inbox/all/${summary.number}`}>
        <Face name={name} size={26} silent />
        <span className={s.who}>
          <b className="cut">{name}</b>
          <ChannelMarks kinds={summary.channelKinds} size={13} />
          <time className="num" dateTime={summary.lastMessageAt} title={format.full(summary.lastMessageAt)}>
            {format.short(summary.lastMessageAt)}
          </time>
        </span>
        <span className={s.about}>
          <span className="num">#{summary.number}</span>
          <span className="cut">{summary.subject || summary.preview || t('incidents.noSubject')}</span>
          <span className={s.caseState} data-s={summary.status}>
            {t(`incidents.caseStatus.${summary.status}`)}
          </span>
        </span>
      </Link>
      <Tooltip label={label}>
        <ActionIcon className={s.unlink ?? ''} aria-label={label} onClick={onUnlink}>
          <IconUnlink size={15} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
