import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UndoPreview } from '@loket/contracts/operations.js';
import { errorText } from '../../../api/error-text.js';
import { putUndone, undoOperation, undoPreview } from '../../../api/operations.js';
import { Dialog } from '../../../ui/Dialog.js';
import type { DialogRequest } from '../../../ui/dialogs.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { movedText, operationText } from '../operation-text.js';
import { OperationLine } from './OperationLine.js';
import s from './operations.module.css';

type Request = Extract<DialogRequest, { kind: 'undo' }>;

/**
 * Undoes an operation. When that is a plain matter it happens at once and is told in a toast; when messages came since,
 * or later operations stand in the way, it says so first.
 */
export function UndoDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [preview, setPreview] = useState<UndoPreview | null>(null);
  const [busy, setBusy] = useState(false);
  const begun = useRef(false);

  /** @param ids in the order in which they are undone */
  const run = async (ids: readonly string[]) => {
    setBusy(true);
    try {
      for (const id of ids) {
        const undone = await undoOperation(id);
        putUndone(client, undone);
        if (id !== ids.at(-1)) continue;
        showToast({ text: t('operations.undo.done', { what: operationText(t, format, undone.operation) }) });
      }
      request.then?.();
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    } finally {
      onClose();
    }
  };
  const begin = async () => {
    try {
      const seen = await undoPreview(request.operationId);
      if (seen.operation.undone) {
        showToast({ text: t('operations.undo.already') });
        onClose();
      } else if (seen.following > 0 || seen.blockedBy.length > 0) setPreview(seen);
      else await run([request.operationId]);
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
      onClose();
    }
  };
  const start = useRef(begin);
  start.current = begin;
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void start.current();
  }, []);

  if (!preview) return null;
  const { operation, following, blockedBy } = preview;
  const blocked = blockedBy.length > 0;
  return (
    <Dialog title={t('operations.undo.title')} onClose={onClose}>
      <p>{operationText(t, format, operation)}</p>
      <p className={s.hint}>{movedText(t, format, operation.moved)}</p>
      {following > 0 && (
        <p className={s.hint}>
          {t('operations.undo.following', { count: following, n: format.number(following) })}
        </p>
      )}
      {blocked && (
        <>
          <p className={s.hint}>{t('operations.undo.blocked', { count: blockedBy.length })}</p>
          <ol className={s.blocked}>
            {blockedBy.map((one) => (
              <OperationLine key={one.id} operation={one} />
            ))}
          </ol>
        </>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          data-autofocus
          loading={busy}
          onClick={() => void run([...blockedBy.map((one) => one.id), operation.id])}
        >
          {blocked ? t('operations.undo.all', { count: blockedBy.length + 1 }) : t('ui.undo')}
        </Button>
      </Group>
    </Dialog>
  );
}
