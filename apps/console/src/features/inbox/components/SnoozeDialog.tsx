import { Button } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session.js';
import { Dialog } from '../../../ui/Dialog.js';
import { useFormat } from '../../../ui/useFormat.js';
import { fromMinute, snoozeTimes, toMinute } from '../snooze-times.js';
import s from './bulk.module.css';

interface SnoozeDialogProps {
  title: string;
  onClose: () => void;
  /** null = wake it now */
  onPick: (until: string | null) => void;
  /** it sleeps, and can be woken */
  awake: boolean;
}

/** When it is to come back: ↑ ↓ Enter, or a time of one's own. */
export function SnoozeDialog({ title, onClose, onPick, awake }: SnoozeDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { timeZone } = useMe();
  const [now] = useState(() => new Date());
  const [own, setOwn] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const pick = (until: Date | null) => {
    onClose();
    onPick(until && until.toISOString());
  };
  const days = { today: t('case.today'), yesterday: t('case.yesterday') };
  const chosen = fromMinute(own, timeZone);
  const good = chosen !== null && chosen.getTime() > Date.now();
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    const buttons = [...(box.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <Dialog title={title} onClose={onClose} width={380}>
      <div ref={box} className={s.times} onKeyDown={onKeyDown}>
        {snoozeTimes(now, timeZone).map(({ name, at }, index) => (
          <button
            key={name}
            className={s.time}
            data-autofocus={index === 0 || undefined}
            onClick={() => pick(at)}
          >
            <span className="grow">{t(`inbox.snooze.${name}`)}</span>
            <span className="num">{`${format.day(at, days, now)}, ${format.time(at)}`}</span>
          </button>
        ))}
        {awake && (
          <button className={s.time} onClick={() => pick(null)}>
            {t('inbox.snooze.wake')}
          </button>
        )}
        <form
          className={s.own}
          onSubmit={(event) => {
            event.preventDefault();
            if (good) pick(chosen);
          }}
        >
          <input
            type="datetime-local"
            aria-label={t('inbox.snooze.own')}
            min={toMinute(now, timeZone)}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
          <Button type="submit" disabled={!good}>
            {t('inbox.snooze.set')}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
