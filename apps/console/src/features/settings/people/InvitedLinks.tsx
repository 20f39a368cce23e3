import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CreatedInvitations } from '@loket/contracts/invitations.js';
import { useWorkspace } from '../../../api/workspace.js';
import s from '../components/settings.module.css';
import { useCopy } from '../components/useCopy.js';
import w from './invite.module.css';
import { LinkToHand } from './LinkToHand.js';

/** What came of inviting: a link for each, shown this once, and who could not be invited. */
export function InvitedLinks({ created: { invited, refused } }: { created: CreatedInvitations }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const workspace = useWorkspace().data?.name ?? 'Loket';
  const mailed = invited.some(({ invitation }) => invitation.mail !== 'none');
  const all = invited.map(({ invitation, link }) => `${invitation.email}\n${link}`).join('\n\n');
  return (
    <>
      {invited.length > 0 && (
        <>
          <p className={w.why}>
            {t(mailed ? 'settings.people.invite.mailedWhy' : 'settings.people.invite.linksWhy')}
          </p>
          <ul className={w.links}>
            {invited.map(({ invitation: { id, email }, link }) => (
              <li key={id}>
                <b className="cut">{email}</b>
                <LinkToHand
                  link={link}
                  who={email}
                  message={t('settings.people.invite.message', { workspace })}
                />
              </li>
            ))}
          </ul>
          {invited.length > 1 && (
            <Button size="xs" variant="default" onClick={() => void copy(all)}>
              {t(copied ? 'settings.people.invite.copiedAll' : 'settings.people.invite.copyAll')}
            </Button>
          )}
        </>
      )}
      {refused.length > 0 && (
        <div className={s.note} role="alert" style={{ marginTop: 14 }}>
          {t('settings.people.invite.refused', { count: refused.length })}
          <ul>
            {refused.map(({ email, code }) => (
              <li key={email}>
                {email}: {t(`settings.people.invite.${code}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
