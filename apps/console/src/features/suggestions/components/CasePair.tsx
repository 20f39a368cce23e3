import { Checkbox } from '@mantine/core';
import { IconArrowsLeftRight, IconEqualNot } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Suggestion } from '@loket/contracts/suggestions.js';
import { ChannelMark, ChannelMarks } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { usePersonName } from '../../../ui/usePersonName.js';
import { commonWords } from '../common-words.js';
import { Marked } from './Marked.js';
import { Person } from './Person.js';
import s from './suggestions.module.css';

type Side = Suggestion['cases'][number];

interface CasePairProps {
  suggestion: Suggestion;
  /** id of the one that remains */
  into: string;
  onInto: (id: string) => void;
  together: boolean;
  onTogether: (together: boolean) => void;
}

/** Two cases side by side: what both say is marked, what differs has a sign. */
export function CasePair({ suggestion, into, onInto, together, onTogether }: CasePairProps) {
  const { t } = useTranslation();
  const nameOf = usePersonName();
  const [a, b] = suggestion.cases;
  if (!a || !b) return null;
  const textOf = (side: Side) => [side.subject, ...side.excerpts.map((excerpt) => excerpt.text)];
  const same = commonWords(textOf(a), textOf(b));
  const others = a.customer.id !== b.customer.id;
  return (
    <>
      <div className={s.pair}>
        {[a, b].map((side) => (
          <CaseSide
            key={side.id}
            side={side}
            other={side === a ? b : a}
            same={same}
            remains={side.id === into}
            onRemains={() => onInto(side.id)}
          />
        ))}
      </div>
      {others && (
        <section className={s.two} aria-label={t('suggestions.twoCustomers')}>
          <h3>{t('suggestions.twoCustomers')}</h3>
          {suggestion.customers.length > 1 && (
            <div className={s.pair}>
              {suggestion.customers.map((customer) => (
                <Person
                  key={customer.id}
                  customer={customer}
                  others={suggestion.customers.filter((one) => one.id !== customer.id)}
                />
              ))}
            </div>
          )}
          <Checkbox
            size="xs"
            checked={together}
            onChange={(event) => onTogether(event.currentTarget.checked)}
            label={t('suggestions.together', { a: nameOf(a.customer), b: nameOf(b.customer) })}
          />
        </section>
      )}
    </>
  );
}

interface CaseSideProps {
  side: Side;
  other: Side;
  same: ReadonlySet<string>;
  remains: boolean;
  onRemains: () => void;
}

function CaseSide({ side, other, same, remains, onRemains }: CaseSideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = usePersonName();
  const facts: [string, string, boolean][] = [
    ['customer', nameOf(side.customer), side.customer.id !== other.customer.id],
    ['status', t(`suggestions.status.${side.status}`), side.status !== other.status],
    [
      'assignee',
      side.assignee?.name ?? t('suggestions.unassigned'),
      side.assignee?.id !== other.assignee?.id,
    ],
    ['opened', format.full(side.createdAt), false],
  ];
  return (
    <article className={s.side} data-remains={remains || undefined} aria-label={`#${side.number}`}>
      <header>
        <div className={s.sideTop}>
          <Link href={`/inbox/all/${side.number}`} className="num">
            #{side.number}
          </Link>
          <ChannelMarks kinds={side.channelKinds} size={13} />
          <span className="grow" />
          {remains ? (
            <span className={s.remains}>{t('suggestions.remains')}</span>
          ) : (
            <button className={s.swap} onClick={onRemains} aria-keyshortcuts="s">
              <IconArrowsLeftRight size={13} stroke={1.9} />
              {t('suggestions.letRemain')}
            </button>
          )}
        </div>
        <h3>
          <Marked text={side.subject || t('suggestions.noSubject')} same={same} />
        </h3>
      </header>
      <dl className={s.facts}>
        {facts.map(([name, value, differs]) => (
          <div key={name}>
            <dt>{t(`suggestions.fact.${name}`)}</dt>
            <dd>
              {value}
              {differs && (
                <IconEqualNot
                  size={13}
                  stroke={2}
                  className={s.differs ?? ''}
                  role="img"
                  aria-label={t('suggestions.differs')}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
      <ul className={s.excerpts}>
        {side.excerpts.map((excerpt, index) => (
          <li key={index}>
            <div>
              {isChannel(excerpt.channelKind) && <ChannelMark kind={excerpt.channelKind} size={13} />}
              <span className="cut">{excerpt.from ?? nameOf(side.customer)}</span>
              <time dateTime={excerpt.at} title={format.full(excerpt.at)}>
                {format.short(excerpt.at)}
              </time>
            </div>
            <p>
              <Marked text={excerpt.text} same={same} />
            </p>
          </li>
        ))}
      </ul>
    </article>
  );
}

const channels = ['email', 'whatsapp', 'webchat', 'phone'] as const;

function isChannel(kind: string): kind is (typeof channels)[number] {
  return channels.some((one) => one === kind);
}
