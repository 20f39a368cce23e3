import { Button, CloseButton } from '@mantine/core';
import { IconId, IconMailOff } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { Customer, Identity } from '@loket/contracts/customers.js';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { useCustomer, useCustomerCases, useUpdateCustomer } from '../../../api/customers.js';
import { errorText } from '../../../api/error-text.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { Face } from '../../../ui/Face.js';
import { Proof } from '../../../ui/Proof.js';
import { proofEvidence } from '../../../ui/proof-evidence.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './customer.module.css';

interface CustomerPanelProps {
  customerId: string;
  /** the case in view: left out of the other cases */
  caseId: string;
  /** laid over the case instead of beside it */
  over: boolean;
  onClose: () => void;
  onOpenCase: (summary: CaseSummary) => void;
  /** what belongs to the case rather than to the customer */
  children?: ReactNode;
}

export function CustomerPanel({
  customerId,
  caseId,
  over,
  onClose,
  onOpenCase,
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
          <Head key={customer.data.id} customer={customer.data} />
          <section className={s.sec}>
            <h3>{t('customer.identities')}</h3>
            <ul>
              {customer.data.identities.map((identity) => (
                <IdentityLine key={identity.id} identity={identity} />
              ))}
            </ul>
          </section>
          <OtherCases customerId={customerId} caseId={caseId} onOpen={onOpenCase} />
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

function Head({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const update = useUpdateCustomer(customer.id);
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState('');
  const shown = customer.name ?? format.phone(customer.identities[0]?.value ?? t('customer.unknown'));
  const save = () => {
    setEditing(false);
    const name = text.trim() || null;
    if (name === customer.name) return;
    update.mutate(
      { name, version: customer.version },
      { onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }) },
    );
  };
  return (
    <div className={s.head}>
      <Face name={shown} size={36} silent />
      <div className="grow">
        {editing ? (
          <input
            className={s.nameIn}
            autoFocus
            aria-label={t('customer.name')}
            maxLength={255}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onBlur={save}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
              if (event.key === 'Escape') {
                event.stopPropagation();
                setEditing(false);
              }
            }}
          />
        ) : (
          <h2>
            <button
              className={`${s.nameBtn} cut`}
              title={t('customer.rename')}
              onClick={() => {
                setText(customer.name ?? '');
                setEditing(true);
              }}
            >
              {shown}
            </button>
          </h2>
        )}
        <div className={`${s.sub} cut`}>
          {t('customer.since', { date: format.date(customer.createdAt) })} ·{' '}
          {t('customer.cases', { count: customer.caseCount, n: format.number(customer.caseCount) })}
        </div>
      </div>
    </div>
  );
}

const marks: Partial<Record<IdentityKind, ChannelKind>> = {
  email: 'email',
  phone: 'phone',
  whatsapp: 'whatsapp',
  lid: 'whatsapp',
  bsuid: 'whatsapp',
  visitor: 'webchat',
};

function IdentityLine({ identity }: { identity: Identity }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mark = marks[identity.kind];
  const [first] = identity.evidence;
  const why = first
    ? proofEvidence(t, first)
    : t(`customer.source.${identity.source}`, { defaultValue: identity.source });
  return (
    <li className={s.idn}>
      {mark ? (
        <ChannelMark kind={mark} size={15} />
      ) : (
        <IconId size={15} stroke={1.9} color="var(--lk-text-3)" />
      )}
      <span className="cut" title={identity.verbatim}>
        {format.phone(identity.value)}
      </span>
      <Proof level={identity.proof} />
      <small className="cut" title={identity.evidence.join('\n')}>
        {why}
      </small>
      {identity.undeliverable && (
        <small className={s.dead}>
          <IconMailOff size={13} stroke={1.9} />
          {t('customer.undeliverable')}
        </small>
      )}
    </li>
  );
}

function OtherCases({
  customerId,
  caseId,
  onOpen,
}: {
  customerId: string;
  caseId: string;
  onOpen: (summary: CaseSummary) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const cases = useCustomerCases(customerId).data?.items.filter((item) => item.id !== caseId) ?? [];
  if (cases.length === 0) return null;
  return (
    <section className={s.sec}>
      <h3>{t('customer.otherCases')}</h3>
      <ul>
        {cases.map((item) => (
          <li key={item.id}>
            <button className={s.link} onClick={() => onOpen(item)}>
              {item.channelKinds[0] && <ChannelMark kind={item.channelKinds[0]} size={13} />}
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
    </section>
  );
}
