import { Button, Group } from '@mantine/core';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.js';
import { Link, useLocation } from 'wouter';
import type { CaseDetail } from '@loket/contracts/cases.js';
import type { QuarantineEntry } from '@loket/contracts/quarantine.js';
import { api } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { originalUrl, useDismiss, useReplay } from '../../../api/quarantine.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import type { Replayed } from './Outcome.js';
import s from './quarantine.module.css';

/** One message that waits, or what became of it. */
export function Entry({
  entry,
  onReplayed,
}: {
  entry: QuarantineEntry;
  onReplayed: (outcome: Replayed) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = [
    entry.from,
    entry.size !== null && format.size(entry.size),
    t('quarantine.tries', { count: entry.attempts }),
  ].filter(Boolean);
  return (
    <li className={s.entry}>
      <div className={s.what}>
        <b className="cut">{entry.subject ?? t('quarantine.noSubject')}</b>
        <time className="num" dateTime={entry.createdAt} title={format.full(entry.createdAt)}>
          {format.short(entry.createdAt)}
        </time>
      </div>
      <p className={s.known}>
        <Link href={`/settings/channels/${entry.channelId}`}>{entry.channelName}</Link>
        {known.map((one) => ` · ${one}`)}
      </p>
      <p className={s.why}>
        {t(`quarantine.code.${entry.code}`, { defaultValue: t('quarantine.code.other') })}
      </p>
      <details className={s.words}>
        <summary>{t('quarantine.words')}</summary>
        <code>
          {entry.code}: {entry.reason}
        </code>
      </details>
      <div className={s.acts}>
        {entry.state === 'waiting' && <Waiting entry={entry} onReplayed={onReplayed} />}
        {entry.hasRaw && (
          <Button
            component="a"
            href={originalUrl(entry.id)}
            download={`${entry.id}.eml`}
            size="xs"
            variant="subtle"
            leftSection={<IconDownload size={14} />}
          >
            {t('quarantine.download')}
          </Button>
        )}
        {entry.caseId && <OpenCase caseId={entry.caseId} />}
      </div>
    </li>
  );
}

function Waiting({ entry, onReplayed }: { entry: QuarantineEntry; onReplayed: (outcome: Replayed) => void }) {
  const { t } = useTranslation();
  const replay = useReplay();
  const dismiss = useDismiss();
  const [asking, setAsking] = useState(false);
  const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
  const run = () =>
    replay.mutate(entry.id, {
      onSuccess: (result) => onReplayed({ result, subject: entry.subject }),
      onError: fail,
    });
  const drop = () =>
    dismiss.mutate(entry.id, {
      onSuccess: () => showToast({ text: t('quarantine.dismissed') }),
      onError: fail,
      onSettled: () => setAsking(false),
    });
  return (
    <>
      <Button
        size="xs"
        variant="default"
        loading={replay.isPending}
        leftSection={<IconRefresh size={14} />}
        onClick={run}
      >
        {t('quarantine.replay')}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => setAsking(true)}>
        {t('quarantine.dismiss')}
      </Button>
      {asking && (
        <Dialog onClose={() => setAsking(false)} title={t('quarantine.dismissTitle')}>
          <p>{t('quarantine.dismissWhy')}</p>
          <Group justify="flex-end" gap={8} mt={18}>
            <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
              {t('ui.cancel')}
            </Button>
            <Button loading={dismiss.isPending} onClick={drop}>
              {t('quarantine.dismissDo')}
            </Button>
          </Group>
        </Dialog>
      )}
    </>
  );
}

/** An entry knows its case by id, addresses hold its number. */
function OpenCase({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const open = async () => {
    try {
      const { number } = await api<CaseDetail>(`/cases/${caseId}`);
      go(`/inbox/all/${number}`);
    } catch (error) {
      showToast({ tone: 'danger', text: errorText(t, error) });
    }
  };
  return (
    <Button size="xs" variant="default" onClick={() => void open()}>
      {t('quarantine.openCase')}
    </Button>
  );
}
