import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCase } from '../../api/cases.js';
import { errorText } from '../../api/error-text.js';
import { linkCase, unlinkCase, useIncidents } from '../../api/incidents.js';
import { Dialog } from '../../ui/Dialog.js';
import { openDialog, useDialogRequest } from '../../ui/dialogs.js';
import { Skeleton, useLate } from '../../ui/Skeleton.js';
import { showToast } from '../../ui/toasts.js';
import { useFormat } from '../../ui/useFormat.js';
import { NewIncident } from './components/NewIncident.js';
import s from './components/incidents.module.css';

const close = () => openDialog(null);

/** From a case: into which of the open incidents it belongs, or into a new one. */
export function LinkIncidentDialog() {
  const request = useDialogRequest();
  const number = request?.kind === 'link-incident' ? request.number : undefined;
  const detail = useCase(number).data;
  if (!detail) return null;
  return <Choose key={detail.id} caseId={detail.id} number={detail.number} />;
}

function Choose({ caseId, number }: { caseId: string; number: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [, go] = useLocation();
  const list = useIncidents('open');
  const late = useLate(list.isPending);
  const [adding, setAdding] = useState(false);
  const [busy, setBusy] = useState(false);
  const incidents = list.data?.pages.flatMap((page) => page.items) ?? [];
  const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
  const link = async (id: string) => {
    setBusy(true);
    try {
      await linkCase(client, id, caseId);
      const back = () => void unlinkCase(client, id, caseId).catch(fail);
      showToast({ text: t('incidents.linked', { number }), undo: back });
      close();
    } catch (error) {
      fail(error);
      setBusy(false);
    }
  };
  if (adding) {
    return (
      <NewIncident
        caseIds={[caseId]}
        onClose={close}
        onMade={(made) => {
          close();
          go(`/incidents/${made.id}`);
        }}
      />
    );
  }
  return (
    <Dialog title={t('incidents.linkTitle', { number })} onClose={close}>
      {late && <Skeleton lines={3} gap={14} />}
      {list.error && (
        <p className={s.problem} role="alert">
          {errorText(t, list.error)}
        </p>
      )}
      {list.isSuccess && incidents.length === 0 && <p>{t('incidents.empty.open')}.</p>}
      {incidents.length > 0 && (
        <ul className={s.pick}>
          {incidents.map((incident) => (
            <li key={incident.id}>
              <button disabled={busy} onClick={() => void link(incident.id)}>
                <span className={s.no}>INC-{incident.number}</span>
                <b className="cut">{incident.title}</b>
                <span className={s.no}>
                  {t('incidents.cases', {
                    count: incident.caseCount,
                    n: format.number(incident.caseCount),
                  })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button
        mt={14}
        variant="default"
        leftSection={<IconPlus size={15} stroke={2} />}
        onClick={() => setAdding(true)}
      >
        {t('incidents.newWith', { number })}
      </Button>
    </Dialog>
  );
}
