import { IconClockPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { useChangeCase } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { useCommands } from '../../../ui/commands.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { SnoozeDialog } from './SnoozeDialog.js';

/** H on the case in view: it goes away until a time, and comes back by itself, or when the customer writes. */
export function SnoozeCurrent({
  current,
  marking,
  onSnoozed,
}: {
  current: CaseSummary | undefined;
  marking: boolean;
  onSnoozed: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const changeCase = useChangeCase();
  const [asking, setAsking] = useState<CaseSummary | null>(null);
  useCommands(
    current && !marking
      ? [
          {
            id: 'snooze',
            label: t('inbox.snooze.act'),
            group: t('inbox.group'),
            rank: 0,
            keys: 'h',
            icon: <IconClockPause size={17} stroke={1.7} />,
            run: () => setAsking(current),
          },
        ]
      : [],
  );
  if (!asking) return null;
  const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
  const snooze = (snoozedUntil: string | null) => {
    const { number, snoozedUntil: before } = asking;
    changeCase(number, { snoozedUntil }).then(() => {
      const text = snoozedUntil
        ? t('inbox.snooze.did', { number, until: format.full(snoozedUntil) })
        : t('inbox.snooze.woken', { number });
      showToast({ text, undo: () => void changeCase(number, { snoozedUntil: before }).catch(fail) });
    }, fail);
    if (snoozedUntil) onSnoozed();
  };
  return (
    <SnoozeDialog
      title={t('inbox.snooze.one', { number: asking.number })}
      onClose={() => setAsking(null)}
      onPick={snooze}
      awake={asking.snoozedUntil !== null}
    />
  );
}
