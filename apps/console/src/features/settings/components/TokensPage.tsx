import { Button, Group } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.js';
import { errorText } from '../../../api/error-text.js';
import { Chip } from '../../../ui/Chip.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useRevokeToken, useTokens, type Token } from '../api.js';
import { NewToken } from './NewToken.js';
import { ListPage } from './ListPage.js';
import s from './settings.module.css';

/** Keys for programs. */
export function TokensPage() {
  const { t } = useTranslation();
  const tokens = useTokens();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  return (
    <>
      <ListPage
        title={t('settings.tokens.title')}
        intro={t('settings.tokens.intro')}
        query={tokens}
        add={{ label: t('settings.tokens.add'), onClick: () => setMaking(true) }}
        empty={{
          icon: <IconKey size={26} stroke={1.5} />,
          title: t('settings.tokens.none'),
          text: t('settings.tokens.noneWhy'),
        }}
      >
        {(items) => (
          <ul className={s.tbl}>
            {items.map((token) => (
              <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
            ))}
          </ul>
        )}
      </ListPage>
      {making && <NewToken onClose={() => setMaking(false)} />}
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const used = token.lastUsedAt
    ? t('settings.tokens.used', { at: format.short(token.lastUsedAt) })
    : t('settings.tokens.unused');
  return (
    <li className={`${s.r} ${s.tokenRow}`}>
      <div style={{ minWidth: 0 }}>
        <b className="cut" style={{ display: 'block' }}>
          {token.name}
        </b>
        <small>{t('settings.tokens.made', { at: format.date(token.createdAt) })}</small>
      </div>
      <span className={s.wide} style={{ display: 'flex', flexWrap: 'wrap', gap: 5 }}>
        {token.scopes.map((scope) => (
          <Chip key={scope}>{t(`settings.tokens.can.${scope}`)}</Chip>
        ))}
      </span>
      <small className={s.wide} title={token.lastUsedAt ? format.full(token.lastUsedAt) : undefined}>
        {used}
      </small>
      <span className={s.end}>
        <Button
          size="xs"
          variant="subtle"
          onClick={onRevoke}
          aria-label={`${t('settings.tokens.revoke')} ${token.name}`}
        >
          {t('settings.tokens.revoke')}
        </Button>
      </span>
    </li>
  );
}

function Revoke({ token, onClose }: { token: Token; onClose: () => void }) {
  const { t } = useTranslation();
  const revoke = useRevokeToken();
  const run = () =>
    revoke.mutate(token.id, {
      onSuccess: () => {
        showToast({ text: t('settings.tokens.revoked', { name: token.name }) });
        onClose();
      },
    });
  return (
    <Dialog onClose={onClose} title={t('settings.tokens.revokeTitle', { name: token.name })}>
      <p>{t('settings.tokens.revokeWhy')}</p>
      {revoke.error && (
        <p className={s.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, revoke.error)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={revoke.isPending} onClick={run}>
          {t('settings.tokens.revoke')}
        </Button>
      </Group>
    </Dialog>
  );
}
