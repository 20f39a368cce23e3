import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconHistory, IconUsersGroup } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '@loket/contracts/customers.js';
import { useUpdateCustomer } from '../../../api/customers.js';
import { errorText } from '../../../api/error-text.js';
import { openDialog } from '../../../ui/dialogs.js';
import { Face } from '../../../ui/Face.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './customer.module.css';

/** Name, since when, organization and language; what can be done with the whole profile. */
export function CustomerHead({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const update = useUpdateCustomer(customer.id);
  const [editing, setEditing] = useState(false);
  const [text, setText] = useState('');
  const shown = customer.name ?? format.phone(customer.identities[0]?.value ?? t('customer.unknown'));
  const facts = [
    customer.organization?.name,
    customer.language && t(`customer.language.${customer.language}`),
  ]
    .filter(Boolean)
    .join(' · ');
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
              title={`${shown}\n${t('customer.rename')}`}
              onClick={() => {
                setText(customer.name ?? '');
                setEditing(true);
              }}
            >
              {shown}
            </button>
          </h2>
        )}
        <div className={s.sub}>
          {t('customer.since', { date: format.date(customer.createdAt) })} ·{' '}
          {t('customer.cases', { count: customer.caseCount, n: format.number(customer.caseCount) })}
        </div>
        {facts && <div className={s.sub}>{facts}</div>}
      </div>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon aria-label={t('customer.more')}>
            <IconDots size={16} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconUsersGroup size={15} />}
            onClick={() => openDialog({ kind: 'merge-customers', customerId: customer.id })}
          >
            {t('customer.merge')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconHistory size={15} />}
            onClick={() => openDialog({ kind: 'history', of: { customer: customer.id }, title: shown })}
          >
            {t('customer.history')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
