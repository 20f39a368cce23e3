import { useTranslation } from 'react-i18next';
import type { Customer } from '@loket/contracts/customers.js';
import { Face } from '../../../ui/Face.js';
import { IdentityMark } from '../../../ui/IdentityMark.js';
import { Proof } from '../../../ui/Proof.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import s from './operations.module.css';

/** One profile: name, addresses with their proof, since when. What both have is marked. */
export function PersonCard({ customer, other }: { customer: Customer; other: Customer | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = usePersonName()(customer);
  const shared = (value: string) => other?.identities.some((identity) => identity.value === value) ?? false;
  return (
    <div className={s.person}>
      <div className={s.who}>
        <Face name={name} size={28} silent />
        <div className="grow">
          <b className="cut">{name}</b>
          <small className="cut">
            {[
              customer.organization?.name,
              t('operations.customers.since', { date: format.date(customer.createdAt) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </div>
      </div>
      <ul className={s.ids}>
        {customer.identities.slice(0, 8).map((identity) => (
          <li key={identity.id}>
            <IdentityMark kind={identity.kind} />
            <span className="cut grow">
              {shared(identity.value) ? (
                <mark className="same">{format.phone(identity.value)}</mark>
              ) : (
                format.phone(identity.value)
              )}
            </span>
            <Proof level={identity.proof} />
          </li>
        ))}
      </ul>
    </div>
  );
}
