import { IconMailOff, IconPlus, IconUsers, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer, Identity } from '@loket/contracts/customers.js';
import { IdentityMark } from '../../../ui/IdentityMark.js';
import { Proof } from '../../../ui/Proof.js';
import { proofEvidence } from '../../../ui/proof-evidence.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useUnlink } from '../unlink.js';
import { AddIdentity } from './AddIdentity.js';
import s from './customer.module.css';

/** Every address by which the customer is known, how well that is proven, and where we have it from. */
export function Identities({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const unlink = useUnlink(customer.id);
  const [adding, setAdding] = useState(false);
  return (
    <section className={s.sec}>
      <div className={s.secHead}>
        <h3>{t('customer.identities')}</h3>
        <button className={s.plus} aria-label={t('customer.add.title')} onClick={() => setAdding(true)}>
          <IconPlus size={14} stroke={2} />
        </button>
      </div>
      <ul>
        {customer.identities.map((identity) => (
          <IdentityLine
            key={identity.id}
            identity={identity}
            onRemove={customer.identities.length > 1 ? () => void unlink(identity) : undefined}
          />
        ))}
      </ul>
      {adding && <AddIdentity customer={customer} onClose={() => setAdding(false)} />}
    </section>
  );
}

function IdentityLine({ identity, onRemove }: { identity: Identity; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  // a channel that says no more than its own name proves nothing further
  const first = identity.evidence.find(
    (line) => line !== identity.kind && !line.startsWith(`${identity.source}=`),
  );
  const shown = format.phone(identity.value);
  const source = t(`customer.source.${identity.source}`, {
    defaultValue: identity.source.replaceAll('_', ' '),
  });
  return (
    <li className={s.idn}>
      <IdentityMark kind={identity.kind} size={15} />
      <span className="cut" title={identity.verbatim}>
        {shown}
      </span>
      <Proof level={identity.proof} />
      {onRemove && (
        <button
          className={s.remove}
          aria-label={t('customer.remove', { address: shown })}
          title={t('customer.remove', { address: shown })}
          onClick={onRemove}
        >
          <IconX size={13} stroke={2} />
        </button>
      )}
      <small className="cut" title={identity.evidence.join('\n')}>
        {first ? `${source} · ${proofEvidence(t, first)}` : source}
      </small>
      {!identity.resolves && <small className={s.claim}>{t('customer.onlyClaim')}</small>}
      {identity.shared && (
        <small className={s.mark}>
          <IconUsers size={13} stroke={1.9} />
          {t('customer.shared')}
        </small>
      )}
      {identity.undeliverable && (
        <small className={s.dead}>
          <IconMailOff size={13} stroke={1.9} />
          {t('customer.undeliverable')}
        </small>
      )}
    </li>
  );
}
