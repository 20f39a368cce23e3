import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLink, IconMail, IconMailForward, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invitation } from '@loket/contracts/invitations.js';
import { errorText } from '../../../api/error-text.js';
import { useInvitations, useRenewInvitation, useWithdrawInvitation } from '../../../api/invitations.js';
import { useTeams } from '../../../api/teams.js';
import { Chip, type Tone } from '../../../ui/Chip.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from '../components/settings.module.css';
import { FreshLink } from './FreshLink.js';
import w from './invite.module.css';

/** Who has been asked and has not come yet. Nothing while there is nobody. */
export function PendingInvitations() {
  const { t } = useTranslation();
  const { data } = useInvitations();
  const withdraw = useWithdrawInvitation();
  const renew = useRenewInvitation();
  const heading = useRef<HTMLHeadingElement>(null);
  const [fresh, setFresh] = useState<{ id: string; email: string; link: string } | null>(null);
  if (!data || (data.items.length === 0 && fresh === null)) return null;
  const failed = (error: Error) => showToast({ tone: 'danger', text: errorText(t, error) });
  const again = ({ id, email }: Invitation, mail: boolean) =>
    renew.mutate(
      { id, mail },
      {
        onSuccess: ({ link }) =>
          mail
            ? showToast({ text: t('settings.people.invite.resent', { email }) })
            : setFresh({ id, email, link }),
        onError: failed,
      },
    );
  const end = ({ id, email }: Invitation) =>
    withdraw.mutate(id, {
      onSuccess: () => showToast({ text: t('settings.people.invite.withdrawn', { email }) }),
      onError: failed,
    });
  return (
    <section aria-labelledby="pending-invitations">
      <h2 id="pending-invitations" ref={heading} tabIndex={-1} className={s.sub} style={{ outline: 'none' }}>
        {t('settings.people.invite.pending')}
      </h2>
      <ul className={s.tbl}>
        {data.items.map((invitation) => (
          <PendingRow
            key={invitation.id}
            invitation={invitation}
            canMail={data.canMail}
            busy={renew.isPending && renew.variables.id === invitation.id}
            onAgain={(mail) => again(invitation, mail)}
            onWithdraw={() => {
              end(invitation);
              // its row goes, and the button in it
              setTimeout(() => heading.current?.focus());
            }}
          />
        ))}
      </ul>
      {fresh && (
        <FreshLink
          email={fresh.email}
          link={fresh.link}
          onClose={() => {
            setFresh(null);
            // what opened it has gone with the menu
            setTimeout(() => document.getElementById(`invitation-${fresh.id}`)?.focus());
          }}
        />
      )}
    </section>
  );
}

function PendingRow({
  invitation,
  canMail,
  busy,
  onAgain,
  onWithdraw,
}: {
  invitation: Invitation;
  canMail: boolean;
  busy: boolean;
  onAgain: (mail: boolean) => void;
  onWithdraw: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const teams = useTeams().data ?? [];
  const { id, email, role, teamIds, invitedBy, sentAt, mail } = invitation;
  const names = teams.filter((team) => teamIds.includes(team.id)).map((team) => team.name);
  return (
    <li className={`${s.r} ${w.pending}`}>
      <span className={w.icon} aria-hidden>
        <IconMail size={15} stroke={1.7} />
      </span>
      <div style={{ minWidth: 0 }}>
        <b className="cut" style={{ display: 'block' }}>
          {email}
        </b>
        <small className="cut" style={{ display: 'block' }}>
          {[t(`ui.role.${role}`), ...names].join(' · ')}
        </small>
      </div>
      <small className={`cut ${w.by ?? ''}`}>
        {t(mail === 'sent' ? 'settings.people.invite.byMail' : 'settings.people.invite.by', {
          name: invitedBy.name,
          at: format.short(sentAt),
        })}
      </small>
      <span className={w.state}>
        <State invitation={invitation} />
      </span>
      <span className={w.acts}>
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <ActionIcon
              id={`invitation-${id}`}
              aria-label={t('settings.people.more', { name: email })}
              aria-busy={busy}
            >
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {canMail && (
              <Menu.Item leftSection={<IconMailForward size={15} />} onClick={() => onAgain(true)}>
                {t('settings.people.invite.resend')}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconLink size={15} />} onClick={() => onAgain(false)}>
              {t('settings.people.invite.newLink')}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={15} />} onClick={onWithdraw}>
              {t('settings.people.invite.withdraw')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  );
}

/** Until when it holds, or why it holds no more; and a mail that did not leave. */
function State({ invitation: { state, mail, expiresAt } }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (state !== 'pending') return <Chip tone="warn">{t(`settings.people.invite.state.${state}`)}</Chip>;
  const tone: { tone?: Tone } = mail === 'failed' ? { tone: 'danger' } : {};
  const until = t('settings.people.invite.until', { at: format.date(expiresAt) });
  return (
    <Chip {...tone}>
      {mail === 'none' || mail === 'sent' ? until : t(`settings.people.invite.mails.${mail}`)}
    </Chip>
  );
}
