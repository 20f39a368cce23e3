import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSuggestions } from '../../../api/suggestions.js';
import { openDialog } from '../../../ui/dialogs.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useDecide, useWaiting } from '../decide.js';
import { Reasons, Sure } from './Reasons.js';
import s from './suggestions.module.css';

/** Other profiles that may be the same person. */
export function PossibleDuplicates({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const { dismiss } = useDecide();
  const list = useSuggestions({ kind: 'customer', customer: customerId }).data;
  const waiting = useWaiting(list?.pages.flatMap((page) => page.items) ?? []);
  return waiting.slice(0, 3).map((suggestion) => {
    const other = suggestion.customers.find((one) => one.id !== customerId);
    if (!other) return null;
    return (
      <section key={suggestion.id} className={s.card} aria-label={t('suggestions.duplicate')}>
        <header>
          <IconUsersGroup size={15} stroke={1.9} aria-hidden />
          <h3 className="grow">{t('suggestions.duplicate')}</h3>
        </header>
        <p className={s.cardCase}>
          <b className="cut grow">{nameOf(other)}</b>
          <span className="cut">{format.phone(other.identities[0]?.value ?? '')}</span>
        </p>
        <Sure score={suggestion.score} />
        <Reasons suggestion={suggestion} most={2} />
        <div className={s.cardActs}>
          <Button
            size="xs"
            className={s.soft ?? ''}
            fullWidth
            onClick={() =>
              openDialog({
                kind: 'merge-customers',
                customerId,
                with: other.id,
                suggestionId: suggestion.id,
              })
            }
          >
            {t('suggestions.compare')}
          </Button>
          <Button size="xs" variant="default" fullWidth onClick={() => dismiss(suggestion)}>
            {t('suggestions.no.customer')}
          </Button>
        </div>
      </section>
    );
  });
}
