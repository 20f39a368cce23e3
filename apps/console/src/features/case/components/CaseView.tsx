import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconArrowLeft, IconGitMerge } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CaseSummary } from '@loket/contracts/cases.js';
import { cachedCase, useCase } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { useWatchCase } from '../../../api/live.js';
import { useAfterPaint } from '../../../ui/after-paint.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { useCaseActions, useCaseCommands } from '../actions.js';
import { DeskContext } from '../desk.js';
import { composerHeight } from '../composer/composer-height.js';
import { useDeskOf } from '../useDesk.js';
import { CaseHeader } from './CaseHeader.js';
import { Composer } from '../composer/Composer.js';
import { TakenNotice } from '../composer/TakenNotice.js';
import { Timeline } from '../timeline/Timeline.js';
import s from './case.module.css';

interface CaseViewProps {
  number: number;
  phone: boolean;
  panel: boolean;
  onPanel: () => void;
  onBack: () => void;
  /** Esc in the composer */
  onLeave: () => void;
  onFinished: () => void;
  /** done by the answer just sent, which may still be taken back */
  onAnswered: () => void;
  /** the merged number by which one came here */
  cameFrom?: number | undefined;
  /** below the header: what concerns the whole case */
  strip?: (detail: CaseDetail) => ReactNode;
}

export function CaseView(props: CaseViewProps) {
  const { t } = useTranslation();
  const detail = useCase(props.number);
  const client = useQueryClient();
  const late = useLate(detail.isPending);
  useWatchCase(detail.data?.id);
  const back = props.phone && (
    <button className={s.tap} aria-label={t('ui.back')} onClick={props.onBack}>
      <IconArrowLeft size={22} stroke={1.8} />
    </button>
  );
  if (detail.data) return <Loaded key={detail.data.id} {...props} detail={detail.data} />;
  return (
    <section className={s.pane} aria-label={t('case.label')} aria-busy={detail.isPending}>
      <Outline summary={cachedCase(client, props.number)} back={back} />
      {detail.error ? (
        <EmptyState
          title={errorText(t, detail.error)}
          action={
            <Button variant="default" onClick={() => void detail.refetch()}>
              {t('ui.retry')}
            </Button>
          }
        />
      ) : (
        late && (
          <div className={s.bones}>
            <Skeleton lines={4} />
            <Skeleton lines={3} />
          </div>
        )
      )}
    </section>
  );
}

/** What the list knows of the case stands there while the rest is on its way; on a phone, the way back in any event. */
function Outline({ summary, back }: { summary: CaseSummary | undefined; back: ReactNode }) {
  const { t } = useTranslation();
  if (!summary && !back) return null;
  return (
    <header className={s.head} data-phone={back ? true : undefined}>
      <div className={s.title}>
        {back}
        {summary && (
          <h1 className={s.h1}>
            <span className={`${s.subjectBtn} cut`}>{summary.subject || t('case.noSubject')}</span>
          </h1>
        )}
      </div>
      <div className={s.meta}>{summary && <span className="num">#{summary.number}</span>}</div>
    </header>
  );
}

function Loaded({
  detail,
  phone,
  panel,
  onPanel,
  onBack,
  onLeave,
  onFinished,
  onAnswered,
  cameFrom,
  strip,
}: CaseViewProps & { detail: CaseDetail }) {
  const { t } = useTranslation();
  const [assigning, setAssigning] = useState(false);
  const actions = useCaseActions(detail, onFinished);
  useCaseCommands(detail, actions, () => setAssigning(true));
  const { desk, wish, done } = useDeskOf(detail);
  // one opens a case to read it
  const read = useAfterPaint();
  useEffect(() => {
    if (!read) return;
    document.title = `#${detail.number} ${detail.subject} · Loket`;
    return () => void (document.title = 'Loket');
  }, [detail.number, detail.subject, read]);
  return (
    <section className={s.pane} aria-label={t('case.label')}>
      <CaseHeader
        detail={detail}
        actions={actions}
        assigning={assigning}
        onAssigning={setAssigning}
        panel={panel}
        onPanel={onPanel}
        onBack={phone ? onBack : undefined}
      />
      {cameFrom !== undefined && cameFrom !== detail.number && (
        <p className={s.redirected} role="status">
          <IconGitMerge size={14} stroke={1.9} aria-hidden />
          {t('case.redirected', { from: cameFrom, into: detail.number })}
        </p>
      )}
      <TakenNotice detail={detail} />
      {strip?.(detail)}
      <DeskContext value={desk}>
        <Timeline detail={detail} whole={read} />
        {read ? (
          <Composer {...{ detail, phone, onLeave, wish }} onFinished={onAnswered} onWishDone={done} />
        ) : (
          <div className={s.composer} style={{ height: composerHeight() }} aria-hidden />
        )}
      </DeskContext>
    </section>
  );
}
