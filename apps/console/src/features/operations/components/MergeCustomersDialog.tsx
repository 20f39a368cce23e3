import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '@loket/contracts/customers.js';
import type { MergeCustomersPreview } from '@loket/contracts/operations.js';
import { useCustomer, useFindCustomers } from '../../../api/customers.js';
import { errorText } from '../../../api/error-text.js';
import { keys } from '../../../api/keys.js';
import { mergeCustomers, useMergeCustomersPreview } from '../../../api/operations.js';
import { acceptSuggestion, refetchSuggestions, useSuggestions } from '../../../api/suggestions.js';
import { openDialog, type DialogRequest } from '../../../ui/dialogs.js';
import { ButtonKeys } from '../../../ui/Keys.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { Frame, Remains } from './Frame.js';
import { PersonCard } from './PersonCard.js';
import s from './operations.module.css';

type Request = Extract<DialogRequest, { kind: 'merge-customers' }>;

/** Two profiles that are one person, side by side, and what would become of them. */
export function MergeCustomersDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const customer = useCustomer(request.customerId).data;
  const other = useCustomer(request.with).data;
  if (!customer || (request.with !== undefined && !other)) return null;
  return <Merge customer={customer} first={other} request={request} onClose={onClose} />;
}

/** The profile that is better known remains: more proven addresses, then more cases, then the older one. */
function remains(a: Customer, b: Customer): Customer {
  const proven = (one: Customer) => one.identities.filter((identity) => identity.proof === 'verified').length;
  const better =
    proven(b) - proven(a) || b.caseCount - a.caseCount || Date.parse(a.createdAt) - Date.parse(b.createdAt);
  return better <= 0 ? a : b;
}

function Merge({
  customer,
  first,
  request,
  onClose,
}: {
  customer: Customer;
  first: Customer | undefined;
  request: Request;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const [chosen, setChosen] = useState<Customer | undefined>(first);
  const [wish, setWish] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const into = chosen && ([customer, chosen].find((one) => one.id === wish) ?? remains(customer, chosen));
  const from = chosen && (into?.id === customer.id ? chosen : customer);
  const preview = useMergeCustomersPreview(from?.id, into?.id);
  const run = useMerge(request.suggestionId, chosen?.id === first?.id);
  const confirm = () => {
    if (!preview.data) return;
    onClose();
    void run(preview.data, reason.trim());
  };
  return (
    <Frame
      title={t('operations.customers.title', { name: nameOf(customer) })}
      onClose={onClose}
      onConfirm={confirm}
    >
      <div className={s.cols}>
        <div className={s.col}>
          <CustomerFinder
            customer={customer}
            first={first}
            chosen={chosen}
            onChoose={setChosen}
            onEnter={() => button.current?.focus()}
          />
        </div>
        <div className={s.col}>
          {chosen && into ? (
            <>
              <Remains
                legend={t('operations.customers.remains')}
                value={into.id}
                onChange={setWish}
                options={[customer, chosen].map((one) => ({
                  value: one.id,
                  title: nameOf(one),
                  hint: t('operations.customers.cases', {
                    count: one.caseCount,
                    n: format.number(one.caseCount),
                  }),
                }))}
              />
              <section className={s.res} aria-label={t('operations.result')}>
                <PersonCard customer={into} other={from} />
                {from && <PersonCard customer={from} other={into} />}
                {preview.data && (
                  <p className={s.moved}>
                    {t('operations.customers.result', {
                      name: preview.data.result.name ?? t('operations.someone'),
                      identities: format.number(preview.data.result.identities),
                      cases: format.number(preview.data.result.cases),
                    })}
                  </p>
                )}
              </section>
              {preview.error && (
                <p className={s.none} role="alert">
                  {errorText(t, preview.error)}
                </p>
              )}
              {preview.data?.warnings.map((code) => (
                <div key={code} className={s.warn}>
                  <IconAlertTriangle size={15} stroke={1.9} />
                  <p>
                    {t(`operations.warning.${code}`, {
                      a: nameOf(customer),
                      b: nameOf(chosen),
                      defaultValue: code.replaceAll('_', ' '),
                    })}
                  </p>
                </div>
              ))}
              <TextInput
                className={s.ask ?? ''}
                label={t('operations.reason')}
                placeholder={t('operations.reasonHint')}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </>
          ) : (
            <p className={s.none}>{t('operations.customers.choose')}</p>
          )}
        </div>
      </div>
      <footer className={s.foot}>
        <p>{t('operations.customers.harmless')}</p>
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          ref={button}
          disabled={!preview.data}
          onClick={confirm}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          rightSection={<ButtonKeys keys="⌘ ↵" />}
        >
          {t('operations.customers.do')}
        </Button>
      </footer>
    </Frame>
  );
}

function useMerge(suggestionId: string | undefined, asSuggested: boolean) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const nameOf = usePersonName();
  return async ({ from, into }: MergeCustomersPreview, reason: string) => {
    try {
      let operationId: string | undefined;
      if (suggestionId && asSuggested) {
        const decided = await acceptSuggestion(suggestionId, { into: into.id });
        operationId = decided.operations[0]?.id;
        refetchSuggestions(client);
      } else {
        const answer = await mergeCustomers(from, into.id, reason || undefined);
        client.setQueryData(keys.customer(into.id), answer.customer);
        operationId = answer.operation.id;
      }
      showToast({
        text: t('operations.customers.done', { from: nameOf(from), into: nameOf(into) }),
        ...(operationId && { undo: () => openDialog({ kind: 'undo', operationId }) }),
      });
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };
}

interface FinderProps {
  customer: Customer;
  first: Customer | undefined;
  chosen: Customer | undefined;
  onChoose: (customer: Customer | undefined) => void;
  onEnter: () => void;
}

/** The other profile: those that are suggested, or whom a search finds. */
function CustomerFinder({ customer, first, chosen, onChoose, onEnter }: FinderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const suggested = useSuggestions({ kind: 'customer', customer: customer.id });
  const found = useFindCustomers(q);
  const pool = q
    ? (found.data?.items ?? [])
    : [
        ...(first ? [first] : []),
        ...(suggested.data?.pages.flatMap((page) => page.items) ?? []).flatMap((one) => one.customers),
      ];
  const hits = pool.filter(
    (one, at) => one.id !== customer.id && pool.findIndex((other) => other.id === one.id) === at,
  );
  const at = hits.findIndex((one) => one.id === chosen?.id);
  const best = hits[0];
  useEffect(() => {
    if (at < 0 && best?.id !== chosen?.id) onChoose(best);
  }, [at, best, chosen, onChoose]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      onChoose(hits[(Math.max(0, at) + by + hits.length) % Math.max(1, hits.length)]);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onEnter();
    }
  };
  return (
    <>
      <div className={s.findBox}>
        <IconSearch size={15} stroke={1.8} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls="people"
          aria-activedescendant={at >= 0 ? `person-${at}` : undefined}
          aria-label={t('operations.customers.find')}
          placeholder={t('operations.customers.find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {hits.length > 0 && (
        <div className={s.group}>{t(`operations.customers.group.${q ? 'found' : 'suggested'}`)}</div>
      )}
      <div id="people" role="listbox" aria-label={t('operations.customers.others')}>
        {hits.map((one, index) => (
          <div
            key={one.id}
            id={`person-${index}`}
            role="option"
            aria-selected={index === at}
            className={s.hit}
            onClick={() => onChoose(one)}
          >
            <b className="cut">{nameOf(one)}</b>
            <span className={s.when}>
              {t('operations.customers.cases', { count: one.caseCount, n: format.number(one.caseCount) })}
            </span>
            <small className="cut">
              {one.identities.map((identity) => format.phone(identity.value)).join(' · ')}
            </small>
          </div>
        ))}
      </div>
      {hits.length === 0 && !found.isFetching && (
        <p className={s.none} role="status">
          {q ? t('operations.customers.nothing', { q }) : t('operations.customers.noneYet')}
        </p>
      )}
    </>
  );
}
