import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CaseDetail, CaseSummary } from '@loket/contracts/cases.js';
import type { MergePreview } from '@loket/contracts/operations.js';
import { useCase } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { keys } from '../../../api/keys.js';
import { mergeCases, putCaseOperation, useMergePreview } from '../../../api/operations.js';
import { putCase } from '../../../api/patch.js';
import { acceptSuggestion, refetchSuggestions } from '../../../api/suggestions.js';
import { openDialog, type DialogRequest } from '../../../ui/dialogs.js';
import { ButtonKeys } from '../../../ui/Keys.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { CaseFinder } from './CaseFinder.js';
import { Frame, Remains } from './Frame.js';
import { MergeResult } from './MergeResult.js';
import s from './operations.module.css';

type Request = Extract<DialogRequest, { kind: 'merge-cases' }>;

/** The older one remains, since customers know its number; but a case that is done does not swallow an open one. */
function remains(a: CaseSummary, b: CaseSummary): CaseSummary {
  const done = (one: CaseSummary) => Number(one.status === 'resolved');
  return (done(a) - done(b) || a.number - b.number) < 0 ? a : b;
}

/** Which case is the same as this one, what would become of both, and one key to do it. */
export function MergeCasesDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const detail = useCase(request.number).data;
  const other = useCase(request.with).data;
  // nearly always known already; until then nothing is worth showing
  if (!detail || (request.with !== undefined && !other)) return null;
  return <Merge detail={detail} first={other} request={request} onClose={onClose} />;
}

function Merge({
  detail,
  first,
  request,
  onClose,
}: {
  detail: CaseDetail;
  first: CaseSummary | undefined;
  request: Request;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const [chosen, setChosen] = useState<CaseSummary | undefined>(first);
  const [wish, setWish] = useState<string | null>(null);
  const [together, setTogether] = useState(false);
  const [reason, setReason] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const choose = useCallback((summary: CaseSummary | undefined) => {
    setChosen(summary);
    setWish(null);
    setTogether(false);
  }, []);
  const into =
    chosen && (wish === detail.id ? detail : wish === chosen.id ? chosen : remains(detail, chosen));
  const from = chosen && (into?.id === detail.id ? chosen : detail);
  const preview = useMergePreview(from?.id, into?.id);
  const late = useLate(preview.isLoading);
  const run = useMerge(request.suggestionId, chosen?.id === first?.id);
  const ready = preview.data !== undefined && !preview.isPlaceholderData;
  const confirm = () => {
    if (!preview.data || !ready) return;
    onClose();
    void run(preview.data, together, reason.trim());
  };
  return (
    <Frame
      title={t('operations.merge.title', { number: detail.number })}
      onClose={onClose}
      onConfirm={confirm}
    >
      <div className={s.cols}>
        <div className={s.col}>
          <CaseFinder
            detail={detail}
            first={first}
            chosen={chosen}
            onChoose={choose}
            onEnter={() => button.current?.focus()}
          />
        </div>
        <div className={s.col}>
          {chosen && into ? (
            <>
              <Remains
                legend={t('operations.merge.remains')}
                value={into.id}
                onChange={setWish}
                options={[detail, chosen].map((one) => ({
                  value: one.id,
                  title: `#${one.number} ${one.subject}`,
                  hint: `${nameOf(one.customer)} · ${t('operations.merge.since', { date: format.date(one.createdAt) })}`,
                }))}
              />
              {preview.data && (
                <Warnings preview={preview.data} together={together} onTogether={setTogether} />
              )}
              {preview.data && <MergeResult preview={preview.data} />}
              {late && <Skeleton lines={6} gap={14} />}
              {preview.error && (
                <p className={s.none} role="alert">
                  {errorText(t, preview.error)}
                </p>
              )}
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
            <p className={s.none}>{t('operations.merge.choose')}</p>
          )}
        </div>
      </div>
      <footer className={s.foot}>
        <p>{t('operations.merge.harmless')}</p>
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          ref={button}
          disabled={!ready}
          onClick={confirm}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          rightSection={<ButtonKeys keys="⌘ ↵" />}
        >
          {into ? t('operations.merge.do', { number: into.number }) : t('operations.merge.doAny')}
        </Button>
      </footer>
    </Frame>
  );
}

/** What one should think about before; only the other customer asks for a decision. */
function Warnings({
  preview,
  together,
  onTogether,
}: {
  preview: MergePreview;
  together: boolean;
  onTogether: (together: boolean) => void;
}) {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  const name = (one: CaseSummary) => nameOf(one.customer);
  return preview.warnings.map((code) => (
    <div key={code} className={s.warn}>
      <IconAlertTriangle size={15} stroke={1.9} />
      <p>
        {t(`operations.warning.${code}`, {
          a: name(preview.from),
          b: name(preview.into),
          defaultValue: code.replaceAll('_', ' '),
        })}
      </p>
      {code === 'other_customer' && (
        <Checkbox
          size="xs"
          checked={together}
          onChange={(event) => onTogether(event.currentTarget.checked)}
          label={t('operations.merge.together', { a: name(preview.from), b: name(preview.into) })}
        />
      )}
    </div>
  ));
}

/** Merges: gone from the lists at once, the remaining one open; put back with one sentence when the server refuses. */
function useMerge(suggestionId: string | undefined, asSuggested: boolean) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [path, go] = useLocation();
  return async ({ from, into }: MergePreview, together: boolean, reason: string) => {
    const at = (number: number) =>
      path.replace(/^(\/inbox\/\w+)\/\d+$/, `$1/${number}`) + window.location.search;
    const open = path.endsWith(`/${from.number}`);
    putCase(client, { ...from, mergedInto: { id: into.id, number: into.number } });
    if (open) go(at(into.number), { replace: true });
    try {
      let operationId: string | undefined;
      if (suggestionId && asSuggested) {
        const decided = await acceptSuggestion(suggestionId, { into: into.id, mergeCustomers: together });
        operationId = decided.operations.find((one) => one.kind === 'merge_cases')?.id;
        refetchSuggestions(client);
      } else {
        const answer = await mergeCases(from, into.id, {
          mergeCustomers: together,
          ...(reason && { reason }),
        });
        putCaseOperation(client, answer);
        operationId = answer.operation.id;
      }
      const back = open
        ? () => {
            client.removeQueries({ queryKey: keys.case(from.number), exact: true });
            go(at(from.number), { replace: true });
          }
        : undefined;
      const undo =
        operationId && (() => openDialog({ kind: 'undo', operationId, ...(back && { then: back }) }));
      showToast({
        text: t('operations.merge.done', { from: from.number, into: into.number }),
        ...(undo && { undo }),
      });
    } catch (error) {
      if (open) go(at(from.number), { replace: true });
      void client.invalidateQueries({ queryKey: keys.cases });
      void client.invalidateQueries({ queryKey: keys.caseLists });
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };
}
