import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '@loket/contracts/customers.js';
import { ApiError } from '../../../api/client.js';
import { useAddIdentity } from '../../../api/customers.js';
import { errorText } from '../../../api/error-text.js';
import { openDialog } from '../../../ui/dialogs.js';
import { showToast } from '../../../ui/toasts.js';
import { useUnlink } from '../unlink.js';
import s from './customer.module.css';

const kinds = ['email', 'whatsapp', 'phone'] as const;

/** Whose address it is already; null when that is not what went wrong. */
function ownerOf(error: unknown): string | null {
  if (!(error instanceof ApiError) || error.code !== 'identity_taken') return null;
  const { data } = error;
  const known = typeof data === 'object' && data !== null && 'customerId' in data;
  return known && typeof data.customerId === 'string' ? data.customerId : null;
}

/** An address that a colleague knows of. Only what he vouches for opens the history to who writes from it. */
export function AddIdentity({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAddIdentity(customer.id);
  const unlink = useUnlink(customer.id);
  const [kind, setKind] = useState<(typeof kinds)[number]>('email');
  const [value, setValue] = useState('');
  const [sure, setSure] = useState(false);
  const owner = ownerOf(add.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!value.trim() || add.isPending) return;
    add.mutate(
      { kind, value: value.trim(), proof: sure ? 'verified' : 'claimed' },
      {
        onSuccess: (after) => {
          onClose();
          const before = new Set(customer.identities.map((identity) => identity.id));
          const added = after.identities.find((identity) => !before.has(identity.id));
          showToast({
            text: t('customer.add.done', { address: added?.value ?? value.trim() }),
            ...(added && { undo: () => void unlink(added) }),
          });
        },
      },
    );
  };
  return (
    <form className={s.add} onSubmit={submit} noValidate>
      <SegmentedControl
        fullWidth
        aria-label={t('customer.add.kind')}
        value={kind}
        onChange={setKind}
        data={kinds.map((one) => ({ value: one, label: t(`ui.channel.${one}`) }))}
      />
      <TextInput
        autoFocus
        aria-label={t('customer.add.value')}
        placeholder={t(`customer.add.hint.${kind}`)}
        inputMode={kind === 'email' ? 'email' : 'tel'}
        maxLength={320}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      />
      <Checkbox
        size="xs"
        label={t('customer.add.sure')}
        description={t('customer.add.sureWhy')}
        checked={sure}
        onChange={(event) => setSure(event.currentTarget.checked)}
      />
      {add.error && (
        <p role="alert" className={s.addError}>
          {errorText(t, add.error)}{' '}
          {owner && (
            <button
              type="button"
              className={s.textBtn}
              onClick={() => {
                onClose();
                openDialog({ kind: 'merge-customers', customerId: customer.id, with: owner });
              }}
            >
              {t('customer.add.compare')}
            </button>
          )}
        </p>
      )}
      <div className={s.addActs}>
        <Button size="xs" variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button size="xs" type="submit" disabled={!value.trim()} loading={add.isPending}>
          {t('customer.add.do')}
        </Button>
      </div>
    </form>
  );
}
