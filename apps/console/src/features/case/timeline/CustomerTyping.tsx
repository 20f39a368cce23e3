import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '@loket/contracts/cases.js';
import { useCustomerTyping } from '../../../api/customer-typing.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import c from './chat.module.css';

/** At the end of the timeline while the customer writes. The line is there all the time, so that what comes is read out. */
export function CustomerTyping({ detail }: { detail: CaseDetail }) {
  const { t } = useTranslation();
  const personName = usePersonName();
  const typing = useCustomerTyping(detail.id);
  return (
    <div className={c.typing} role="status" aria-live="polite">
      {typing && (
        <p>
          <span className={c.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          <bdi>{t('case.customerTyping', { name: personName(detail.customer) })}</bdi>
        </p>
      )}
    </div>
  );
}
