import { Button, CloseButton } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { useCustomer } from '../../../api/customers.js';
import { errorText } from '../../../api/error-text.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { CustomerCases } from './CustomerCases.js';
import { CustomerHead } from './CustomerHead.js';
import { Identities } from './Identities.js';
import { Visitors } from './Visitors.js';
import s from './customer.module.css';

interface CustomerPanelProps {
  customerId: string;
  /** the case in view: left out of the other cases */
  caseId: string;
  /** laid over the case instead of beside it */
  over: boolean;
  onClose: () => void;
  onOpenCase: (summary: CaseSummary) => void;
  /** what wants a decision, above all the rest */
  top?: ReactNode;
  /** what belongs to the case rather than to the customer */
  children?: ReactNode;
}

export function CustomerPanel({
  customerId,
  caseId,
  over,
  onClose,
  onOpenCase,
  top,
  children,
}: CustomerPanelProps) {
  const { t } = useTranslation();
  const customer = useCustomer(customerId);
  const late = useLate(customer.isPending);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (over) panel.current?.focus();
  }, [over]);
  return (
    <aside
      ref={panel}
      className={s.panel}
      data-over={over || undefined}
      tabIndex={-1}
      aria-label={t('customer.label')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !over) return;
        event.preventDefault();
        onClose();
      }}
    >
      {over && <CloseButton className={s.close ?? ''} aria-label={t('ui.close')} onClick={onClose} />}
      {customer.data ? (
        <>
          <CustomerHead key={customer.data.id} customer={customer.data} />
          {top}
          {customer.data.identities.some(({ kind }) => kind === 'visitor') && (
            <Visitors customerId={customerId} />
          )}
          <Identities customer={customer.data} />
          <CustomerCases customerId={customerId} caseId={caseId} onOpen={onOpenCase} />
          {children}
        </>
      ) : customer.error ? (
        <div className={s.failed} role="alert">
          {errorText(t, customer.error)}
          <Button size="xs" variant="default" onClick={() => void customer.refetch()}>
            {t('ui.retry')}
          </Button>
        </div>
      ) : (
        late && (
          <div className={s.failed}>
            <Skeleton lines={5} />
          </div>
        )
      )}
    </aside>
  );
}
