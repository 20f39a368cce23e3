import { useTranslation } from 'react-i18next';
import type { Customer } from '@loket/contracts/customers.js';
import { Face } from '../../../ui/Face.js';
import { IdentityMark } from '../../../ui/IdentityMark.js';
import { Proof } from '../../../ui/Proof.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { commonWords } from '../common-words.js';
import { Marked } from './Marked.js';
import s from './suggestions.module.css';

interface PersonProps {
  customer: Customer;
  /** with whom he is compared */
  others: readonly Customer[];
  remains?: boolean;
  onRemains?: () => void;
}

/** One profile of two that may be one person. */
export function Person({ customer, others, remains, onRemains }: PersonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const name = nameOf(customer);
  const same = commonWords([name], others.map(nameOf));
  const inBoth = (value: string) =>
    others.some((other) => other.identities.some((one) => one.value === value));
  const facts: [string, string][] = [
    ['organization', customer.organization?.name ?? ''],
    ['language', customer.language ? t(`suggestions.language.${customer.language}`) : ''],
    ['cases', t('suggestions.cases', { count: customer.caseCount, n: format.number(customer.caseCount) })],
    ['since', format.date(customer.createdAt)],
  ];
  return (
    <article className={s.side} data-remains={remains || undefined} aria-label={name}>
      <header className={s.personHead}>
        <Face name={name} size={32} silent />
        <h3 className="grow cut">
          <Marked text={name} same={same} />
        </h3>
        {remains && <span className={s.remains}>{t('suggestions.remains')}</span>}
        {remains === false && (
          <button className={s.swap} onClick={onRemains} aria-keyshortcuts="s">
            {t('suggestions.letRemain')}
          </button>
        )}
      </header>
      <ul className={s.ids}>
        {customer.identities.map((identity) => (
          <li key={identity.id}>
            <IdentityMark kind={identity.kind} />
            <span className="cut grow">
              {inBoth(identity.value) ? (
                <mark className="same">{format.phone(identity.value)}</mark>
              ) : (
                format.phone(identity.value)
              )}
            </span>
            <Proof level={identity.proof} />
          </li>
        ))}
      </ul>
      <dl className={s.facts}>
        {facts.map(
          ([fact, value]) =>
            value && (
              <div key={fact}>
                <dt>{t(`suggestions.fact.${fact}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </article>
  );
}
