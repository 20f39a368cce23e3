import { IconMessages } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { useCase } from '../api/cases.js';
import type { CaseListParams } from '../api/keys.js';
import { CaseList } from '../features/inbox/components/CaseList.js';
import { SnoozeCurrent } from '../features/inbox/components/SnoozeCurrent.js';
import { useListParams } from '../features/inbox/list-params.js';
import { useCaseRows } from '../features/inbox/useListWindow.js';
import { useCommands } from '../ui/commands.js';
import { EmptyState } from '../ui/EmptyState.js';
import { usePhone, useWide } from '../ui/media.js';
import { useSteady } from '../ui/useSteady.js';
import { Shell } from './shell/Shell.js';

const loadOpenCase = () => import('./OpenCase.js');
/** The list is there first; what shows a case follows while one reads it. */
const OpenCase = lazy(() => loadOpenCase().then((module) => ({ default: module.OpenCase })));

/** List, case and customer side by side; on a phone one at a time. The address says what is open. */
export function InboxScreen({ view, number }: { view: string | undefined; number: string | undefined }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const wide = useWide();
  const { params, saved, open } = useListParams(view);
  const selected = number && /^\d{1,9}$/.test(number) ? Number(number) : undefined;
  const rows = useCaseRows(params);
  const detail = useCase(selected).data;
  const cameFrom = useMergedRedirect(selected, detail, params, open);
  const [panelWish, setPanelWish] = useState<boolean | null>(null);
  const panel = panelWish ?? wide;

  useEffect(() => {
    const timer = setTimeout(() => void loadOpenCase().catch(() => undefined), 300);
    return () => clearTimeout(timer);
  }, []);

  const togglePanel = () => setPanelWish(!panel);

  const onOpen = useSteady((next: number, how?: 'step') =>
    open(next, { replace: how === 'step' || (!phone && selected !== undefined) }),
  );
  const onParams = useSteady((next: CaseListParams) =>
    open(phone ? undefined : selected, { params: next, replace: true }),
  );
  const toNext = () => {
    const at = rows.findIndex((row) => row.number === selected);
    const next = rows[at + 1] ?? rows[at - 1];
    if (phone || !next) open(undefined, { replace: true });
    else open(next.number, { replace: true });
  };
  // with nothing else to do one stays to see it leave
  const onAnswered = () => (phone || rows.length > 1) && toNext();
  const focusList = () =>
    document.querySelector<HTMLElement>('[role="listbox"]')?.focus({ preventScroll: true });
  const focusCase = () => document.querySelector<HTMLElement>('main [role="region"]')?.focus();

  useKeepFocus(selected, focusList);
  useCommands([
    { id: 'panel', label: t('case.panel'), keys: ']', run: togglePanel },
    { id: 'leave', label: '', keys: 'esc', run: focusList },
  ]);

  const showList = !phone || selected === undefined;
  return (
    <Shell rail="full" hideNav={phone && selected !== undefined}>
      {showList && (
        <CaseList
          key={params.view}
          params={params}
          onParams={onParams}
          saved={saved}
          selected={selected}
          onOpen={onOpen}
          onEnter={focusCase}
          phone={phone}
        />
      )}
      {/* the list offers it for the rows that it shows */}
      {detail && !(showList && rows.some((row) => row.number === selected)) && (
        <SnoozeCurrent current={detail} marking={false} onSnoozed={toNext} />
      )}
      {selected !== undefined ? (
        <Suspense fallback={<section style={{ flex: 1 }} aria-label={t('case.label')} />}>
          <OpenCase
            number={selected}
            detail={detail}
            phone={phone}
            wide={wide}
            panel={panel}
            onPanel={setPanelWish}
            onBack={() => open(undefined)}
            onLeave={focusList}
            onFinished={toNext}
            onAnswered={onAnswered}
            onOpenCase={(other) => open(other.number, { params: { ...params, status: 'all' } })}
            cameFrom={cameFrom}
          />
        </Suspense>
      ) : (
        !phone && (
          <section style={{ flex: 1, display: 'flex' }} aria-label={t('case.label')}>
            <EmptyState icon={<IconMessages size={30} stroke={1.4} />}>{t('inbox.choose')}</EmptyState>
          </section>
        )
      )}
    </Shell>
  );
}

/** What had the focus may have gone with the case that was left: then the list has it, and the arrows go on. */
function useKeepFocus(selected: number | undefined, focusList: () => void): void {
  const before = useRef(selected);
  const focus = useSteady(focusList);
  useEffect(() => {
    if (before.current === selected) return;
    before.current = selected;
    const frame = requestAnimationFrame(() => document.activeElement === document.body && focus());
    return () => cancelAnimationFrame(frame);
  }, [selected, focus]);
}

/**
 * The number of a merged case leads to the case that stands for it: the address changes, and a line says why.
 * @returns the number by which one came
 */
function useMergedRedirect(
  selected: number | undefined,
  detail: CaseDetail | undefined,
  params: CaseListParams,
  open: ReturnType<typeof useListParams>['open'],
): number | undefined {
  const [came, setCame] = useState<{ from: number; to: number }>();
  const to = detail?.mergedInto?.number ?? detail?.number;
  useEffect(() => {
    if (selected === undefined || to === undefined || to === selected) return;
    setCame({ from: selected, to });
    open(to, { replace: true, params });
  }, [selected, to, params, open]);
  return came && came.to === selected ? came.from : undefined;
}
