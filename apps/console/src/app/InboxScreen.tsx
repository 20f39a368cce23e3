import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CaseSummary } from '@loket/contracts/cases.js';
import { useCase } from '../api/cases.js';
import type { CaseListParams } from '../api/keys.js';
import { CaseView } from '../features/case/components/CaseView.js';
import { Tags } from '../features/case/components/Tags.js';
import { CustomerPanel } from '../features/customer/components/CustomerPanel.js';
import panelStyle from '../features/customer/components/customer.module.css';
import { CaseList } from '../features/inbox/components/CaseList.js';
import { useListParams } from '../features/inbox/list-params.js';
import { useCaseRows } from '../features/inbox/useListWindow.js';
import { PossibleDuplicates } from '../features/suggestions/components/PossibleDuplicates.js';
import { SameCaseCard, SameCaseStrip } from '../features/suggestions/components/SameCase.js';
import { useCommands } from '../ui/commands.js';
import { EmptyState } from '../ui/EmptyState.js';
import { usePhone, useWide } from '../ui/media.js';
import { Shell } from './shell/Shell.js';

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

  const togglePanel = () => setPanelWish(!panel);

  const onOpen = useCallback(
    (next: number, how?: 'step') =>
      open(next, { replace: how === 'step' || (!phone && selected !== undefined) }),
    [open, phone, selected],
  );
  const onParams = (next: CaseListParams) =>
    open(phone ? undefined : selected, { params: next, replace: true });
  const toNext = () => {
    const at = rows.findIndex((row) => row.number === selected);
    const next = rows[at + 1] ?? rows[at - 1];
    if (phone || !next) open(undefined, { replace: true });
    else open(next.number, { replace: true });
  };
  const focusList = () =>
    document.querySelector<HTMLElement>('[role="listbox"]')?.focus({ preventScroll: true });
  const focusCase = () => document.querySelector<HTMLElement>('main [role="region"]')?.focus();

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
      {selected !== undefined ? (
        <CaseView
          number={selected}
          phone={phone}
          panel={panel}
          onPanel={togglePanel}
          onBack={() => open(undefined)}
          onLeave={focusList}
          onFinished={toNext}
          cameFrom={cameFrom}
          strip={(shown) => !panel && <SameCaseStrip summary={shown} />}
        />
      ) : (
        !phone && (
          <section style={{ flex: 1, display: 'flex' }} aria-label={t('case.label')}>
            <EmptyState>{t('inbox.choose')}</EmptyState>
          </section>
        )
      )}
      {selected !== undefined && panel && detail && (
        <CustomerPanel
          key={detail.customer.id}
          customerId={detail.customer.id}
          caseId={detail.id}
          over={!wide}
          onClose={() => setPanelWish(false)}
          onOpenCase={(other: CaseSummary) => {
            if (phone) setPanelWish(false);
            open(other.number, { params: { ...params, status: 'all' } });
          }}
          top={
            <>
              <SameCaseCard summary={detail} />
              <PossibleDuplicates customerId={detail.customer.id} />
            </>
          }
        >
          <section className={panelStyle.sec}>
            <h3>{t('case.tags.title')}</h3>
            <Tags number={selected} />
          </section>
        </CustomerPanel>
      )}
    </Shell>
  );
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
