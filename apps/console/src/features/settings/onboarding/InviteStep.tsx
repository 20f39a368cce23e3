import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatedInvitations } from '@loket/contracts/invitations.js';
import { InvitedLinks } from '../people/InvitedLinks.js';
import { InviteFields } from '../people/InviteFields.js';
import { useInviteForm } from '../people/useInviteForm.js';
import s from './onboarding.module.css';

/** Several colleagues at once; each makes his own password. */
export function InviteStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [created, setCreated] = useState<CreatedInvitations | null>(null);
  const invite = useInviteForm(setCreated);
  const box = useRef<HTMLElement>(null);
  // the form has emptied itself: here is what came of it
  useEffect(() => {
    if (created) box.current?.focus();
  }, [created]);
  const some = created !== null && created.invited.length > 0;
  return (
    <form style={{ display: 'contents' }} onSubmit={invite.submit} noValidate>
      <div className={s.in}>
        <h1>{t('settings.onboarding.invite.title')}</h1>
        <p>{t('settings.onboarding.invite.intro')}</p>
        {created && (
          <section ref={box} tabIndex={-1} className={s.invited} aria-labelledby="invited">
            <h2 id="invited">
              {some
                ? t('settings.people.invite.done', { count: created.invited.length })
                : t('settings.people.invite.nobody')}
            </h2>
            <InvitedLinks created={created} />
          </section>
        )}
        <InviteFields invite={invite} />
      </div>
      <footer className={s.bot}>
        <span className="grow">{t('settings.onboarding.invite.foot')}</span>
        <Button variant={some ? 'default' : 'subtle'} onClick={onDone}>
          {t(some ? 'settings.onboarding.next' : 'settings.onboarding.skip')}
        </Button>
        <Button type="submit" loading={invite.pending}>
          {invite.count > 0
            ? t('settings.people.invite.do', { count: invite.count })
            : t('settings.onboarding.invite.step')}
        </Button>
      </footer>
    </form>
  );
}
