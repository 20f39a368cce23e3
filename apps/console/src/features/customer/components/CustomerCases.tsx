import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { useCustomerCases } from '../../../api/customers.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './customer.module.css';

interface CustomerCasesProps {
  customerId: string;
  /** the one in view is left out */
  caseId: string;
  onOpen: (summary: CaseSummary) => void;
}

/** Everything else of this customer on all channels: what is open, then what was. */
export function CustomerCases({ customerId, caseId, onOpen }: CustomerCasesProps) {
  const { t } = useTranslation();
  const cases = useCustomerCases(customerId).data?.items.filter((item) => item.id !== caseId) ?? [];
  const groups = [
    ['open', cases.filter((item) => item.status !== 'resolved')],
    ['earlier', cases.filter((item) => item.status === 'resolved')],
  ] as const;
  return groups.map(
    ([group, items]) =>
      items.length > 0 && (
        <section key={group} className={s.sec}>
          <h3>{t(`customer.group.${group}`)}</h3>
          <CaseLinks items={items} onOpen={onOpen} />
        </section>
      ),
  );
}

const most = 6;

function CaseLinks({ items, onOpen }: { items: readonly CaseSummary[]; onOpen: (one: CaseSummary) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, most);
  return (
    <>
      <ul>
        {shown.map((item) => (
          <li key={item.id}>
            <button className={s.link} onClick={() => onOpen(item)}>
              <ChannelMarks kinds={item.channelKinds.slice(0, 3)} size={13} />
              <span className="cut grow" data-done={item.status === 'resolved' || undefined}>
                <span className="sr">#{item.number} </span>
                {item.subject || t('customer.noSubject')}
              </span>
              <span className={s.when}>
                <span className="sr">{t(`customer.status.${item.status}`)}, </span>
                {format.short(item.lastMessageAt)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < items.length && (
        <button className={s.textBtn} onClick={() => setAll(true)}>
          {t('customer.showAll', { n: format.number(items.length) })}
        </button>
      )}
    </>
  );
}
