import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Identity } from '@loket/contracts/customers.js';
import { errorText } from '../../api/error-text.js';
import { keys } from '../../api/keys.js';
import { unlinkIdentity } from '../../api/operations.js';
import { openDialog } from '../../ui/dialogs.js';
import { showToast } from '../../ui/toasts.js';
import { useFormat } from '../../ui/useFormat.js';

/** Takes an address from a customer, with a way back. */
export function useUnlink(customerId: string): (identity: Pick<Identity, 'id' | 'value'>) => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const format = useFormat();
  return async ({ id, value }) => {
    try {
      const { customer, operation } = await unlinkIdentity(customerId, id);
      client.setQueryData(keys.customer(customerId), customer);
      showToast({
        text: t('customer.removed', { address: format.phone(value) }),
        undo: () => openDialog({ kind: 'undo', operationId: operation.id }),
      });
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };
}
