import { Button, Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { errorText } from '../../../api/error-text.js';
import { useReach, useTellCustomers } from '../../../api/incidents.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { Dialog } from '../../../ui/Dialog.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { byChannel, previewFor } from '../delivery-words.js';
import { Deliveries } from './Deliveries.js';
import s from './incidents.module.css';

interface SendUpdateProps {
  incident: IncidentDetail;
  text: string;
  onClose: () => void;
  onSent: () => void;
}

/** The last look: what one of them will read, who gets it and by which channel, who cannot. Then it goes out. */
export function SendUpdate({ incident, text, onClose, onSent }: SendUpdateProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reach = useReach(incident.id, true);
  const late = useLate(reach.isPending);
  const tell = useTellCustomers(incident.id);
  const [once] = useState(() => crypto.randomUUID());
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const all = reach.data?.deliveries ?? [];
  const reachable = all.filter((one) => one.blocked === null);
  const chosen = reachable.filter((one) => !left.has(one.caseId));
  const done = reachable.filter((one) => one.caseStatus === 'resolved');
  const skipDone = done.length > 0 && done.every((one) => left.has(one.caseId));
  const sample = chosen[0];
  const toggle = (ids: readonly string[], out: boolean) => {
    const next = new Set(left);
    for (const id of ids)
      if (out) next.add(id);
      else next.delete(id);
    setLeft(next);
  };
  const send = () =>
    tell.mutate(
      // who cannot be reached stays in: the update says so beside his name
      { text, once, caseIds: all.filter((one) => !left.has(one.caseId)).map((one) => one.caseId) },
      {
        onSuccess: () => {
          const count = chosen.length;
          showToast({ text: t('incidents.sending', { count, n: format.number(count) }) });
          onSent();
        },
      },
    );
  const count = chosen.length;
  return (
    <Dialog title={t('incidents.reviewTitle')} onClose={onClose}>
      <div className={s.sample}>
        <small>
          {sample?.customerName
            ? t('incidents.sampleFor', { name: sample.customerName })
            : t('incidents.sample')}
        </small>
        <p>{previewFor(text, sample?.customerName ?? null)}</p>
      </div>
      {late && <Skeleton lines={3} gap={12} />}
      {reach.error && (
        <p className={s.problem} role="alert">
          {errorText(t, reach.error)}
        </p>
      )}
      {reach.data && (
        <>
          <div className={s.reach}>
            <b className="grow">{t('incidents.reaches', { count, n: format.number(count) })}</b>
            {byChannel(chosen).map(([kind, n]) => (
              <span key={kind} className={s.by1}>
                <ChannelMark kind={kind} size={14} />
                {format.number(n)}
              </span>
            ))}
          </div>
          {done.length > 0 && (
            <Checkbox
              className={s.skip ?? ''}
              size="xs"
              label={t('incidents.skipDone', { count: done.length, n: format.number(done.length) })}
              checked={skipDone}
              onChange={() =>
                toggle(
                  done.map((one) => one.caseId),
                  !skipDone,
                )
              }
            />
          )}
          <div className={s.reachList}>
            <Deliveries deliveries={all} choice={{ left, onToggle: (id) => toggle([id], !left.has(id)) }} />
          </div>
        </>
      )}
      {tell.error && (
        <p className={s.problem} role="alert">
          {errorText(t, tell.error)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={onClose}>
          {t('incidents.editOn')}
        </Button>
        <Button data-autofocus loading={tell.isPending} disabled={count === 0} onClick={send}>
          {t('incidents.send', { count, n: format.number(count) })}
        </Button>
      </Group>
    </Dialog>
  );
}
