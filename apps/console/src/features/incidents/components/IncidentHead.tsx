import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { errorText } from '../../../api/error-text.js';
import { useUpdateIncident } from '../../../api/incidents.js';
import { Chip } from '../../../ui/Chip.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { Resolve } from './Resolve.js';
import s from './incidents.module.css';

/** Title, who opened it, and the one next step: resolve or reopen. */
export function IncidentHead({
  incident,
  onBack,
}: {
  incident: IncidentDetail;
  onBack: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const update = useUpdateIncident(incident.id);
  const [asking, setAsking] = useState(false);
  const { number, status, createdBy, createdAt, resolvedAt, openCaseCount, version } = incident;
  const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
  const set = (to: 'open' | 'resolved', resolveCases = false) =>
    update.mutate(
      { status: to, resolveCases, version },
      {
        onSuccess: () =>
          showToast({
            text: t(to === 'open' ? 'incidents.reopened' : 'incidents.resolved', { number }),
            ...(to === 'resolved' &&
              !resolveCases && { undo: () => reopen.mutate({ status: 'open' }, { onError: fail }) }),
          }),
        onError: fail,
        onSettled: () => setAsking(false),
      },
    );
  const reopen = useUpdateIncident(incident.id);
  const resolve = () => (openCaseCount > 0 ? setAsking(true) : set('resolved'));
  return (
    <header className={s.head}>
      {onBack && (
        <button className={s.tap} aria-label={t('ui.back')} onClick={onBack}>
          <IconArrowLeft size={22} stroke={1.8} />
        </button>
      )}
      <div className={s.headMain}>
        <Title incident={incident} />
        <p className={s.meta}>
          <span className="num">INC-{number}</span>
          <Chip {...(status === 'open' ? { tone: 'warn' as const } : { tone: 'ok' as const })}>
            {t(`incidents.state.${status}`)}
          </Chip>
          <span title={format.full(createdAt)}>
            {t(createdBy ? 'incidents.openedBy' : 'incidents.openedAt', {
              name: createdBy?.name,
              at: format.short(createdAt),
            })}
          </span>
          {resolvedAt && <span>{t('incidents.doneAt', { at: format.short(resolvedAt) })}</span>}
        </p>
      </div>
      {status === 'open' ? (
        <Button {...(onBack && { variant: 'default' })} loading={update.isPending} onClick={resolve}>
          {t('incidents.resolve')}
        </Button>
      ) : (
        <Button variant="default" loading={update.isPending} onClick={() => set('open')}>
          {t('incidents.reopen')}
        </Button>
      )}
      {asking && (
        <Resolve
          incident={incident}
          busy={update.isPending}
          onClose={() => setAsking(false)}
          onResolve={(withCases) => set('resolved', withCases)}
        />
      )}
    </header>
  );
}

/** The title, which becomes a field when asked for. */
function Title({ incident }: { incident: IncidentDetail }) {
  const { t } = useTranslation();
  const update = useUpdateIncident(incident.id);
  const [text, setText] = useState<string | null>(null);
  if (text === null) {
    return (
      <h2>
        <button className={s.title} title={t('incidents.rename')} onClick={() => setText(incident.title)}>
          {update.isPending ? (update.variables.title ?? incident.title) : incident.title}
        </button>
      </h2>
    );
  }
  const save = () => {
    setText(null);
    const title = text.trim();
    if (!title || title === incident.title) return;
    update.mutate(
      { title, version: incident.version },
      { onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }) },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
    else if (event.key === 'Escape') {
      event.stopPropagation();
      setText(null);
    }
  };
  return (
    <input
      className={s.titleIn}
      autoFocus
      aria-label={t('incidents.name')}
      maxLength={300}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={onKeyDown}
    />
  );
}
