import { IconChevronRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitorCard } from '@loket/contracts/visitor-cards.js';
import { useVisitors } from '../../../api/visitors.js';
import { deviceOf } from '../../../ui/device.js';
import { Proof } from '../../../ui/Proof.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useNow } from '../../../ui/useNow.js';
import { webAddress } from '../../../ui/web-address.js';
import s from './customer.module.css';
import v from './visitor.module.css';

/** The browsers that the customer chats from: the one seen last in full, the others on demand. */
export function Visitors({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const cards = useVisitors(customerId).data?.items ?? [];
  // whoever is here stands first, whatever the table said when it was read
  const [first, ...others] = cards.toSorted((a, b) => Number(b.online) - Number(a.online));
  if (!first) return null;
  return (
    <section className={s.sec} aria-label={t('customer.visitor.title')}>
      <h3>{t('customer.visitor.title')}</h3>
      <Visitor key={first.id} card={first} />
      {others.length > 0 && (
        <button className={`${s.textBtn} ${v.others}`} aria-expanded={all} onClick={() => setAll(!all)}>
          <IconChevronRight size={14} stroke={2} aria-hidden />
          {t('customer.visitor.others', { count: others.length })}
        </button>
      )}
      {all && others.map((card) => <Visitor key={card.id} card={card} />)}
    </section>
  );
}

/** What a stranger's browser says of itself stands here as text, and says so where it is no more than his word. */
function Visitor({ card }: { card: VisitorCard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { browser, system } = deviceOf(card.browser);
  const device = [browser, system].filter(Boolean).join(' · ');
  const { page } = card;
  return (
    <div className={v.card} data-online={card.online || undefined}>
      <p className={v.state}>
        <i aria-hidden />
        <Presence card={card} />
        <span className={`${v.site} cut`}>{card.channelName}</span>
      </p>
      <dl className={v.facts}>
        {page && (page.title || page.url) && (
          <Fact name={t(card.online ? 'customer.visitor.page' : 'customer.visitor.lastPage')}>
            {page.title && (
              <bdi className={v.title} title={page.title}>
                {page.title}
              </bdi>
            )}
            <Address text={page.url} />
          </Fact>
        )}
        {page?.referrer && (
          <Fact name={t('customer.visitor.from')}>
            <Address text={page.referrer} />
          </Fact>
        )}
        {device && <Fact name={t('customer.visitor.device')}>{device}</Fact>}
        {card.language && (
          <Fact name={t('customer.visitor.language')}>{t(`customer.visitor.in.${card.language}`)}</Fact>
        )}
        <Fact name={t('customer.visitor.proof')}>
          <span className={v.proof}>
            <Proof level={card.provenBy ? 'verified' : 'claimed'} />
            {card.provenBy && <small>{t(`customer.visitor.by.${card.provenBy}`)}</small>}
          </span>
        </Fact>
        {card.consentAt && (
          <Fact name={t('customer.visitor.consent')}>
            <time dateTime={card.consentAt} title={format.full(card.consentAt)}>
              {format.date(card.consentAt)}, {format.time(card.consentAt)}
            </time>
          </Fact>
        )}
        {Object.entries(card.answers).map(([id, answer]) => (
          <Fact key={id} name={card.questions[id] ?? id.replaceAll('_', ' ')}>
            <bdi className={v.answer}>{answer}</bdi>
          </Fact>
        ))}
      </dl>
    </div>
  );
}

function Presence({ card }: { card: VisitorCard }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (card.online) return <b>{t('customer.visitor.online')}</b>;
  return (
    <span title={format.full(card.lastSeenAt)}>
      {t('customer.visitor.seen', { ago: format.span(now.getTime() - Date.parse(card.lastSeenAt)) })}
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Shows where it leads, and leads there only when somebody clicks; what is no web address is text. */
function Address({ text }: { text: string }) {
  const address = webAddress(text);
  if (!address) return <bdi className={`${v.address} cut`}>{text}</bdi>;
  return (
    <a
      className={`${v.address} cut`}
      href={address.href}
      title={address.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {address.shown}
    </a>
  );
}
