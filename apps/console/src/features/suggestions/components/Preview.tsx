import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AcceptSuggestion, Suggestion } from '@loket/contracts/suggestions.js';
import { useCommands } from '../../../ui/commands.js';
import { ButtonKeys, Keys } from '../../../ui/Keys.js';
import { CasePair } from './CasePair.js';
import { CauseGroup } from './CauseGroup.js';
import { Person } from './Person.js';
import { Reasons, Sure } from './Reasons.js';
import s from './suggestions.module.css';

interface PreviewProps {
  suggestion: Suggestion;
  onAccept: (choice: Partial<AcceptSuggestion>) => void;
  onDismiss: () => void;
  /** on a phone */
  onBack?: (() => void) | undefined;
}

/** One suggestion, laid open: why, both sides, and the two answers. */
export function Preview({ suggestion, onAccept, onDismiss, onBack }: PreviewProps) {
  const { t } = useTranslation();
  const { kind, cases, customers, incident } = suggestion;
  const sides: { id: string }[] = kind === 'customer' ? customers : cases;
  const [into, setInto] = useState(sides.at(-1)?.id ?? '');
  const [together, setTogether] = useState(false);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [title, setTitle] = useState(cases[0]?.subject ?? '');
  const swap = () => setInto(sides.find((side) => side.id !== into)?.id ?? into);
  const linked = cases.filter((one) => !without.has(one.id)).map((one) => one.id);
  // an incident that exists takes even one case; a new one wants at least two
  const possible = kind !== 'incident' || linked.length >= (incident ? 1 : 2);

  const accept = () => {
    if (!possible) return;
    if (kind !== 'incident') return onAccept({ into, ...(together && { mergeCustomers: true }) });
    const name = title.trim();
    onAccept({
      ...(without.size > 0 && { caseIds: linked }),
      ...(!incident && name && { title: name }),
    });
  };
  const group = t('suggestions.title');
  useCommands([
    {
      id: 'suggestion-accept',
      group,
      rank: 0,
      label: t(`suggestions.accept.${kind}`),
      keys: 'y',
      run: accept,
    },
    { id: 'suggestion-dismiss', group, rank: 0, label: t('suggestions.dismiss'), keys: 'x', run: onDismiss },
    { id: 'suggestion-swap', label: '', keys: 's', run: swap },
  ]);
  return (
    <section className={s.preview} aria-label={t(`suggestions.question.${kind}`)}>
      <header className={s.head}>
        {onBack && (
          <button className={s.tap} aria-label={t('ui.back')} onClick={onBack}>
            <IconArrowLeft size={22} stroke={1.8} />
          </button>
        )}
        <div className="grow">
          <h2>{t(`suggestions.question.${kind}`)}</h2>
          <Sure score={suggestion.score} />
        </div>
      </header>
      <div className={s.scroll} tabIndex={0} role="region" aria-label={t('suggestions.compare')}>
        <Reasons suggestion={suggestion} />
        {kind === 'case' && (
          <CasePair
            suggestion={suggestion}
            into={into}
            onInto={setInto}
            together={together}
            onTogether={setTogether}
          />
        )}
        {kind === 'customer' && (
          <div className={s.pair}>
            {customers.map((customer) => (
              <Person
                key={customer.id}
                customer={customer}
                others={customers.filter((one) => one.id !== customer.id)}
                remains={customer.id === into}
                onRemains={() => setInto(customer.id)}
              />
            ))}
          </div>
        )}
        {kind === 'incident' && (
          <CauseGroup
            suggestion={suggestion}
            without={without}
            onWithout={setWithout}
            title={title}
            onTitle={setTitle}
          />
        )}
      </div>
      <footer className={s.foot}>
        <p>
          {kind !== 'incident' && (
            <>
              <Keys keys="S" /> {t('suggestions.swapHint')}
            </>
          )}
        </p>
        <Button variant="default" onClick={onDismiss} aria-keyshortcuts="x" rightSection={<Keys keys="X" />}>
          {t(`suggestions.no.${kind}`)}
        </Button>
        <Button
          onClick={accept}
          disabled={!possible}
          aria-keyshortcuts="y"
          rightSection={<ButtonKeys keys="Y" />}
        >
          {t(`suggestions.accept.${kind}`)}
        </Button>
      </footer>
    </section>
  );
}
