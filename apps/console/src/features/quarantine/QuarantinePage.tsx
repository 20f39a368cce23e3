import { Button, SegmentedControl } from '@mantine/core';
import { IconMailCheck, IconMailOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../api/error-text.js';
import { useQuarantine, type QuarantineState } from '../../api/quarantine.js';
import { useMe } from '../../api/session.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Skeleton, useLate } from '../../ui/Skeleton.js';
import { Entry } from './components/Entry.js';
import { Outcome, type Replayed } from './components/Outcome.js';
import s from './components/quarantine.module.css';

const states: QuarantineState[] = ['waiting', 'replayed', 'dismissed'];

/** What could not be made into a message: kept with its reason until an admin deals with it. */
export function QuarantinePage() {
  const { t } = useTranslation();
  const admin = useMe().role === 'admin';
  const [state, setState] = useState<QuarantineState>('waiting');
  const [outcome, setOutcome] = useState<Replayed | null>(null);
  const list = useQuarantine(state, admin);
  const late = useLate(admin && list.isPending);
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (!admin) {
    return (
      <EmptyState icon={<IconMailOff size={26} stroke={1.5} />} title={t('quarantine.title')}>
        {t('quarantine.adminsOnly')}
      </EmptyState>
    );
  }
  return (
    <div className={s.body}>
      <title>{`${t('quarantine.title')} · Loket`}</title>
      <div className={s.in}>
        <header className={s.head}>
          <div className="grow">
            <h1>{t('quarantine.title')}</h1>
            <p>{t('quarantine.intro')}</p>
          </div>
          <SegmentedControl
            aria-label={t('quarantine.state.label')}
            value={state}
            onChange={setState}
            data={states.map((value) => ({ value, label: t(`quarantine.state.${value}`) }))}
          />
        </header>
        <div role="status">{outcome && <Outcome outcome={outcome} onClose={() => setOutcome(null)} />}</div>
        {list.error && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, list.error)}
          </p>
        )}
        {late && <Skeleton lines={4} gap={14} />}
        {list.isSuccess && entries.length === 0 && (
          <EmptyState icon={<IconMailCheck size={26} stroke={1.5} />} title={t(`quarantine.empty.${state}`)}>
            {state === 'waiting' && t('quarantine.emptyWhy')}
          </EmptyState>
        )}
        {entries.length > 0 && (
          <ul className={s.list}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} onReplayed={setOutcome} />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('quarantine.more')}
          </Button>
        )}
      </div>
    </div>
  );
}
