import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agent } from '@loket/contracts/access.js';
import { useCopy } from '../components/useCopy.js';
import s from './onboarding.module.css';

export interface InvitedPerson {
  person: Agent;
  password: string;
}

/** The one time that the new passwords are shown, to be handed on. */
export function Invited({ people }: { people: readonly InvitedPerson[] }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const box = useRef<HTMLElement>(null);
  // the form has emptied itself: here is what came of it
  useEffect(() => box.current?.focus(), [people.length]);
  const address = `${window.location.origin}/signin`;
  const text = people
    .map(({ person, password }) => `${person.name}\n${address}\n${person.email}\n${password}`)
    .join('\n\n');
  return (
    <section ref={box} tabIndex={-1} className={s.invited} aria-labelledby="invited">
      <h2 id="invited">{t('settings.onboarding.invite.invited', { count: people.length })}</h2>
      <p>{t('settings.people.handoverWhy')}</p>
      <ul>
        {people.map(({ person, password }) => (
          <li key={person.id}>
            <span className="cut">
              <b>{person.name}</b> · {person.email}
            </span>
            <code>{password}</code>
          </li>
        ))}
      </ul>
      <Button size="xs" variant="default" onClick={() => void copy(text)}>
        {t(copied ? 'settings.copy.done' : 'settings.onboarding.invite.copyAll')}
      </Button>
    </section>
  );
}
