import { Button } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { evidenceText, likeness, scoreText } from '../../../ui/evidence-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useUndoJoin } from './thread-actions.js';
import s from '../components/case.module.css';

/** Says that the desk joined what follows by itself, why, and takes it back on one click. */
export function JoinMarker({ message }: { message: TimelineMessage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const undoJoin = useUndoJoin();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { match } = message;
  if (!match) return null;
  const undo = () => {
    setBusy(true);
    void undoJoin(message).finally(() => setBusy(false));
  };
  return (
    <section className={s.join} aria-label={t('case.join.title')}>
      <div className={s.joinTop}>
        <IconGitMerge size={16} stroke={1.8} aria-hidden />
        <span className="grow cut">
          <b>{t('case.join.title')}</b>{' '}
          <span className={s.joinSure}>· {scoreText(t, format, likeness(match.score))}</span>
        </span>
        <Button size="xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('case.why.title')}
        </Button>
        <Button size="xs" variant="default" loading={busy} onClick={undo}>
          {t('ui.undo')}
        </Button>
      </div>
      {open && (
        <ul className={s.why}>
          {match.evidence.map((evidence, index) => (
            <li key={index}>{evidenceText(t, format, evidence)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
