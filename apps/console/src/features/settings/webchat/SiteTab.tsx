import { Button, TagsInput, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { CopyBox } from '../components/CopyBox.js';
import c from '../components/settings.module.css';
import { missingTwins, siteOf, sitesOf } from '../site-origin.js';
import { nameOf } from '../webchat-form.js';
import { policyLines, scriptTag } from '../webchat-snippets.js';
import { reachOf } from '../webhook-reach.js';
import type { TabProps } from './useWebchatForm.js';
import s from './webchat.module.css';

/** Where the chat may be, and the script that brings it there. */
export function SiteTab({ state, channel }: TabProps & { channel: Channel | undefined }) {
  const { t } = useTranslation();
  const { form, problem, change } = state;
  const wrong = form.sites.filter((site) => siteOf(site) !== site);
  const fault = problem('allowedOrigins');
  const twins = missingTwins(form.sites);
  return (
    <>
      <fieldset>
        <TextInput
          label={t('settings.channels.name')}
          description={t('settings.webchat.nameWhy')}
          placeholder={nameOf(form) || t('settings.webchat.nameExample')}
          maxLength={120}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={problem('name')}
        />
        <TagsInput
          label={t('settings.webchat.sites')}
          description={t('settings.webchat.sitesWhy')}
          placeholder={form.sites.length === 0 ? 'https://toko.example' : ''}
          value={form.sites}
          onChange={(sites) => change({ sites: sitesOf(sites) })}
          splitChars={[',', ';', ' ', '\n']}
          error={fault && [...wrong, fault].join(' · ')}
          maxTags={50}
          acceptValueOnBlur
          spellCheck={false}
          autoComplete="off"
        />
        {twins.length > 0 && (
          <p className={c.note} data-tone="plain">
            {t('settings.webchat.twin', { site: twins[0] })}{' '}
            <button
              type="button"
              className={s.link}
              onClick={() => change({ sites: [...form.sites, ...twins] })}
            >
              {t('settings.webchat.addTwin')}
            </button>
          </p>
        )}
      </fieldset>
      <fieldset>
        <h2 className={c.sub}>{t('settings.webchat.install')}</h2>
        {channel ? (
          <Install channelId={channel.id} anywhere={form.sites.length > 0} />
        ) : (
          <p className={c.dim}>{t('settings.webchat.installLater')}</p>
        )}
      </fieldset>
    </>
  );
}

function Install({ channelId, anywhere }: { channelId: string; anywhere: boolean }) {
  const { t, i18n } = useTranslation();
  const { origin } = window.location;
  const reach = reachOf(origin);
  return (
    <>
      <p className={c.dim}>{t('settings.webchat.installHow')}</p>
      <CopyBox text={scriptTag(origin, channelId)} label={t('settings.webchat.script')} />
      {reach !== 'ok' && <p className={c.note}>{t(`settings.webchat.reach.${reach}`, { origin })}</p>}
      {!anywhere && (
        <p className={c.note} data-tone="plain">
          {t('settings.webchat.nowhere')}
        </p>
      )}
      <div className={s.try}>
        <Button
          component="a"
          href={`/demo/shop?channel=${channelId}&lang=${i18n.language}`}
          target="_blank"
          rel="noopener"
          variant="default"
          rightSection={<IconExternalLink size={14} stroke={1.8} />}
        >
          {t('settings.webchat.tryIt')}
        </Button>
        <span className={c.dim}>{t('settings.webchat.soon')}</span>
      </div>
      <details className={c.more}>
        <summary>{t('settings.webchat.policy')}</summary>
        <div>
          <p className={c.dim}>{t('settings.webchat.policyHow')}</p>
          <CopyBox text={policyLines(origin)} label="Content-Security-Policy" />
          <p className={c.dim}>{t('settings.webchat.policyWhy')}</p>
        </div>
      </details>
    </>
  );
}
