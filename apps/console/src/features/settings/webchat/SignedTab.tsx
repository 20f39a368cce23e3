import { Button, Group, SegmentedControl, Switch } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { CopyBox } from '../components/CopyBox.js';
import c from '../components/settings.module.css';
import { hasKey } from '../webchat-form.js';
import { pageCode, serverLanguages, signingCode, type ServerLanguage } from '../webchat-snippets.js';
import { NewKey } from './NewKey.js';
import type { TabProps } from './useWebchatForm.js';
import s from './webchat.module.css';

const names: Record<ServerLanguage, string> = { node: 'Node.js', php: 'PHP', python: 'Python' };

/** The site signs who its visitor is: the key, and the code that it takes over there. */
export function SignedTab({
  state,
  channel,
  onKey,
}: TabProps & { channel: Channel | undefined; onKey: () => void }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const kept = channel !== undefined && hasKey(channel);
  return (
    <>
      <fieldset>
        <p className={c.dim}>{t('settings.webchat.signedWhy')}</p>
        {!channel && (
          <p className={c.note} data-tone="plain">
            {t('settings.webchat.signedLater')}
          </p>
        )}
        {kept && (
          <Switch
            label={t('settings.webchat.signed')}
            description={t('settings.webchat.signedOff')}
            checked={state.form.signed}
            onChange={(event) => state.change({ signed: event.currentTarget.checked })}
          />
        )}
        {channel && (
          <Group gap={12}>
            <Button
              variant="default"
              leftSection={<IconKey size={15} stroke={1.8} />}
              onClick={() => setAsking(true)}
            >
              {t(kept ? 'settings.webchat.newKey' : 'settings.webchat.makeKey')}
            </Button>
            <span className={c.dim}>{t(kept ? 'settings.webchat.keyKept' : 'settings.webchat.noKey')}</span>
          </Group>
        )}
      </fieldset>
      {channel && <ServerCode channelId={channel.id} />}
      {channel && asking && (
        <NewKey channelId={channel.id} replaces={kept} onMade={onKey} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

function ServerCode({ channelId }: { channelId: string }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<ServerLanguage>('node');
  return (
    <fieldset>
      <h2 className={c.sub}>{t('settings.webchat.onServer')}</h2>
      <p className={c.dim}>{t('settings.webchat.onServerHow')}</p>
      <SegmentedControl
        className={s.seg ?? ''}
        aria-label={t('settings.webchat.codeLanguage')}
        value={language}
        data={serverLanguages.map((value) => ({ value, label: names[value] }))}
        onChange={(value) => setLanguage(value)}
      />
      <CopyBox
        text={signingCode(language, channelId)}
        label={t('settings.webchat.serverCode', { language: names[language] })}
      />
      <h2 className={c.sub}>{t('settings.webchat.onPage')}</h2>
      <p className={c.dim}>{t('settings.webchat.onPageHow')}</p>
      <CopyBox text={pageCode} label={t('settings.webchat.pageCode')} />
    </fieldset>
  );
}
