import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session.js';
import { Dialog } from '../../../ui/Dialog.js';
import { useFormat } from '../../../ui/useFormat.js';
import { fromField, presetTime, presetTimes, toField } from './send-times.js';
import type { Later } from './useSend.js';
import s from './composer.module.css';

interface ScheduleDialogProps {
  onPick: (later: Later) => void;
  onClose: () => void;
}

/** When an answer leaves: what people mostly choose, or a time of one's own, by one's own clocks. */
export function ScheduleDialog({ onPick, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { timeZone } = useMe();
  const [now] = useState(() => new Date());
  const [value, setValue] = useState(() => toField(presetTime('tomorrow', now, timeZone), timeZone));
  const [evenIf, setEvenIf] = useState(false);
  const own = fromField(value, now, timeZone);
  const pick = (sendAt: Date) => {
    onClose();
    onPick({ sendAt, onNews: evenIf ? 'send' : 'keep_back' });
  };
  return (
    <Dialog title={t('case.later.title')} onClose={onClose} width={400}>
      <div className={s.times}>
        {presetTimes(now, timeZone).map(({ preset, time }, at) => (
          <button
            key={preset}
            className={s.time}
            data-autofocus={at === 0 || undefined}
            onClick={() => pick(time)}
          >
            <span className="grow">{t(`case.later.${preset}`)}</span>
            <small>{`${format.date(time)}, ${format.time(time)}`}</small>
          </button>
        ))}
      </div>
      <form
        className={s.ownTime}
        onSubmit={(event) => {
          event.preventDefault();
          if (own) pick(own);
        }}
      >
        <TextInput
          className="grow"
          type="datetime-local"
          label={t('case.later.own', { zone: timeZone })}
          value={value}
          min={toField(now, timeZone)}
          error={own === null && t('case.later.past')}
          onChange={(event) => setValue(event.target.value)}
        />
        <Button type="submit" variant="default" h={36} disabled={own === null}>
          {t('case.later.set')}
        </Button>
      </form>
      <Checkbox
        className={s.evenIf ?? ''}
        label={t('case.later.evenIf')}
        description={t('case.later.evenIfHint')}
        checked={evenIf}
        onChange={(event) => setEvenIf(event.target.checked)}
      />
    </Dialog>
  );
}
