import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArrowsRight, IconPhone, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LoggedCall } from '@loket/contracts/call-views.js';
import { moveCall } from '../../../api/calls.js';
import { errorText } from '../../../api/error-text.js';
import { putCaseOperation } from '../../../api/operations.js';
import { openDialog } from '../../../ui/dialogs.js';
import { showToast } from '../../../ui/toasts.js';
import s from './calls.module.css';

interface CallElsewhereProps {
  logged: LoggedCall;
  /** where the agent wanted it */
  wanted: { id: string; number: number | null };
  /** @param number of the case to go on with */
  onDone: (number: number | null) => void;
}

/** The telephone system was first: the call stands in another case, with what was written about it. Never twice. */
export function CallElsewhere({ logged, wanted, onDone }: CallElsewhereProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const there = logged.caseNumber;
  const here = wanted.number === null ? t('calls.log.thisCase') : `#${wanted.number}`;
  const moving = useMutation({
    mutationFn: () => moveCall(logged.messageId, wanted.id),
    onSuccess: (answer) => {
      putCaseOperation(client, answer);
      showToast({
        text: t('calls.elsewhere.moved', { here: answer.case.number }),
        undo: () => openDialog({ kind: 'undo', operationId: answer.operation.id }),
      });
      onDone(answer.case.number);
    },
  });
  return (
    <>
      <header className={s.head}>
        <IconPhone size={17} stroke={1.8} aria-hidden />
        <h2 id="log-call" className="grow">
          {t('calls.log.title')}
        </h2>
        <ActionIcon aria-label={t('ui.close')} size={32} onClick={() => onDone(null)}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      <div className={s.body} role="status">
        <p className={s.told}>{t('calls.elsewhere.title', { there })}</p>
        <p className={s.hint}>{t('calls.elsewhere.why')}</p>
        {moving.error !== null && (
          <p className={s.error} role="alert">
            {errorText(t, moving.error)}
          </p>
        )}
      </div>
      <footer className={s.foot}>
        <span className="grow" />
        <Button variant="default" onClick={() => onDone(there)}>
          {t('calls.elsewhere.stay', { there })}
        </Button>
        <Button
          autoFocus
          loading={moving.isPending}
          leftSection={<IconArrowsRight size={15} />}
          onClick={() => moving.mutate()}
        >
          {t('calls.elsewhere.move', { here })}
        </Button>
      </footer>
    </>
  );
}
