import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { currentLocale } from '../../../app/i18n.js';
import { useCreateAgent } from '../api.js';
import { emptyGuest, isBlank, problemsOf, type Guest } from '../guests.js';
import { newPassword } from '../new-password.js';
import { Invited, type InvitedPerson } from './Invited.js';
import { GuestRow } from './GuestRow.js';
import s from './onboarding.module.css';

/** Several colleagues at once. Each gets a password that is made here, shown once, and known to nobody afterwards. */
export function InviteStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const create = useCreateAgent();
  const [guests, setGuests] = useState<readonly Guest[]>(() => [emptyGuest(), emptyGuest(), emptyGuest()]);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map());
  const [invited, setInvited] = useState<readonly InvitedPerson[]>([]);
  const list = useRef<HTMLDivElement>(null);
  const meant = guests.filter((guest) => !isBlank(guest));

  const change = (key: string, part: Partial<Guest>) => {
    setRefused(new Map([...refused].filter(([of]) => of !== key)));
    setGuests(guests.map((guest) => (guest.key === key ? { ...guest, ...part } : guest)));
  };
  const add = () => {
    setGuests([...guests, emptyGuest()]);
    setTimeout(() => list.current?.querySelector<HTMLElement>('fieldset:last-of-type input')?.focus());
  };
  const remove = (key: string) => {
    setGuests(guests.filter((guest) => guest.key !== key));
    setTimeout(() => list.current?.querySelector<HTMLElement>('input')?.focus());
  };
  /** One after the other: who was refused stays in the form, with the reason, and the others are in. */
  const invite = async () => {
    setBusy(true);
    const problems = new Map<string, string>();
    const added: InvitedPerson[] = [];
    for (const { key, name, email, role } of meant) {
      const password = newPassword();
      const body = { name: name.trim(), email: email.trim(), role, password, locale: currentLocale() };
      try {
        added.push({ person: await create.mutateAsync(body), password });
      } catch (error) {
        problems.set(key, errorText(t, error));
      }
    }
    setBusy(false);
    setRefused(problems);
    setInvited([...invited, ...added]);
    const left = meant.filter(({ key }) => problems.has(key));
    setGuests(left.length > 0 ? left : [emptyGuest()]);
    setAsked(left.length > 0);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (busy || meant.length === 0 || meant.some((guest) => problemsOf(guest).length > 0)) return;
    void invite();
  };
  return (
    <form style={{ display: 'contents' }} onSubmit={submit} noValidate>
      <div className={s.in}>
        <h1>{t('settings.onboarding.invite.title')}</h1>
        <p>{t('settings.onboarding.invite.intro')}</p>
        {invited.length > 0 && <Invited people={invited} />}
        <div ref={list} className={s.guests}>
          {guests.map((guest, index) => (
            <GuestRow
              key={guest.key}
              guest={guest}
              position={index + 1}
              asked={asked}
              refused={refused.get(guest.key)}
              onChange={(part) => change(guest.key, part)}
              {...(guests.length > 1 && { onRemove: () => remove(guest.key) })}
            />
          ))}
        </div>
        <Button variant="subtle" mt={10} leftSection={<IconPlus size={15} />} onClick={add}>
          {t('settings.onboarding.invite.more')}
        </Button>
      </div>
      <footer className={s.bot}>
        <span className="grow">{t('settings.onboarding.invite.foot')}</span>
        <Button variant={invited.length > 0 ? 'default' : 'subtle'} onClick={onDone}>
          {t(invited.length > 0 ? 'settings.onboarding.next' : 'settings.onboarding.skip')}
        </Button>
        <Button type="submit" loading={busy} disabled={meant.length === 0}>
          {meant.length > 0
            ? t('settings.onboarding.invite.do', { count: meant.length })
            : t('settings.onboarding.invite.step')}
        </Button>
      </footer>
    </form>
  );
}
