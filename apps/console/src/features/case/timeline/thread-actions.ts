import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { errorText } from '../../../api/error-text.js';
import { keys } from '../../../api/keys.js';
import { putCaseOperation, splitCase } from '../../../api/operations.js';
import type { Timeline } from '../../../api/patch.js';
import { openDialog } from '../../../ui/dialogs.js';
import { showToast } from '../../../ui/toasts.js';

/** What was said in the same conversation of the channel, as far as it is loaded. */
export function useThreadIds(): (message: TimelineMessage) => string[] {
  const client = useQueryClient();
  return useCallback(
    ({ id, caseId, threadId }) => {
      const pages = client.getQueryData<Timeline>(keys.timeline(caseId))?.pages ?? [];
      const ids = pages.flatMap((page) =>
        page.items.flatMap((item) =>
          item.type === 'message' && item.threadId === threadId ? [item.id] : [],
        ),
      );
      return ids.length > 0 ? ids.filter((one) => !one.startsWith('local:')) : [id];
    },
    [client],
  );
}

/** Takes back an automatic join: the conversation becomes a case of its own. Told in a toast, with a way back. */
export function useUndoJoin(): (message: TimelineMessage) => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const threadIds = useThreadIds();
  return async (message) => {
    try {
      const answer = await splitCase({ id: message.caseId }, threadIds(message));
      putCaseOperation(client, answer);
      showToast({
        text: t('case.join.undone', { number: answer.case.number }),
        undo: () => openDialog({ kind: 'undo', operationId: answer.operation.id }),
      });
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };
}
