import { ActionIcon } from '@mantine/core';
import { IconShieldOff, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Session } from '@loket/contracts/access.js';
import { api } from '../../api/client.js';
import { sessionKey, useMe } from '../../api/session.js';
import s from './shell.module.css';

/** What a person has to be told about his own account: that an admin took his second step of signing in away. */
export function AccountNotice() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { secondFactor } = useMe();
  if (secondFactor !== 'reset') return null;
  const putAway = () => {
    client.setQueryData<Session | null>(
      sessionKey,
      (session) => session && { agent: { ...session.agent, secondFactor: 'off' } },
    );
    document.getElementById('stage')?.focus();
    // should this fail he is told again the next time
    void api<void>('/me/second-factor/reset', { method: 'DELETE' }).catch(() => undefined);
  };
  return (
    <div className={s.account} role="status">
      <IconShieldOff size={15} stroke={1.8} aria-hidden />
      <span>
        {t('app.account.reset')} <Link href="/settings/security">{t('app.account.look')}</Link>
      </span>
      <ActionIcon size="sm" onClick={putAway} aria-label={t('ui.close')}>
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
