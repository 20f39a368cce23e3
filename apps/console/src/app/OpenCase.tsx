import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CaseSummary } from '@loket/contracts/cases.js';
import { CaseView } from '../features/case/components/CaseView.js';
import { Tags } from '../features/case/components/Tags.js';
import { CustomerPanel } from '../features/customer/components/CustomerPanel.js';
import panelStyle from '../features/customer/components/customer.module.css';
import { PossibleDuplicates } from '../features/suggestions/components/PossibleDuplicates.js';
import { useAfterPaint } from '../ui/after-paint.js';
import { SameCaseCard, SameCaseStrip } from '../features/suggestions/components/SameCase.js';

interface OpenCaseProps {
  number: number;
  /** the same case, once it is known */
  detail: CaseDetail | undefined;
  phone: boolean;
  /** there is room for the customer beside the case */
  wide: boolean;
  panel: boolean;
  onPanel: (open: boolean) => void;
  onBack: () => void;
  onLeave: () => void;
  onFinished: () => void;
  onAnswered: () => void;
  onOpenCase: (other: CaseSummary) => void;
  /** number of the merged case by which one came */
  cameFrom: number | undefined;
}

/** A case and its customer: all of the inbox but the list. */
export function OpenCase(props: OpenCaseProps) {
  const { t } = useTranslation();
  const { number, detail, phone, wide, panel, onPanel } = props;
  return (
    <>
      <CaseView
        number={number}
        phone={phone}
        panel={panel}
        onPanel={() => onPanel(!panel)}
        onBack={props.onBack}
        onLeave={props.onLeave}
        onFinished={props.onFinished}
        onAnswered={props.onAnswered}
        cameFrom={props.cameFrom}
        strip={(shown) => !panel && <SameCaseStrip summary={shown} />}
      />
      {panel && detail && (
        <AfterPaint key={detail.customer.id} before={<Room over={!wide} />}>
          <CustomerPanel
            customerId={detail.customer.id}
            caseId={detail.id}
            over={!wide}
            onClose={() => onPanel(false)}
            onOpenCase={(other: CaseSummary) => {
              if (phone) onPanel(false);
              props.onOpenCase(other);
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
              <Tags number={number} />
            </section>
          </CustomerPanel>
        </AfterPaint>
      )}
    </>
  );
}

/** Who wrote is of interest once one has begun to read. */
function AfterPaint({ before, children }: { before: ReactNode; children: ReactNode }) {
  return useAfterPaint() ? children : before;
}

function Room({ over }: { over: boolean }) {
  return <div className={panelStyle.panel} data-over={over || undefined} aria-hidden />;
}
