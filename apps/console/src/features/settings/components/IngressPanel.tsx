import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { callJsonMediaType } from '@loket/contracts/call-views.js';
import type { Channel, ChannelKind } from '@loket/contracts/channels.js';
import { CopyBox } from './CopyBox.js';
import s from './settings.module.css';

/** Where mail servers and scripts of one's own deliver to, with commands that work once the token is put in. */
export function IngressPanel({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const url = `${window.location.origin}/api/v1/channels/${channel.id}/inbound`;
  const { rawMediaTypes, webhook, session, visitors } = channel.capabilities;
  const json = useMemo(() => jsonExample(url, channel.kind), [url, channel.kind]);
  const original = (mediaType: string) =>
    t(mediaType === callJsonMediaType ? 'settings.ingress.rawCall' : 'settings.ingress.raw');
  const ways = (
    <>
      <p>
        {t('settings.ingress.intro')} <Link href="/settings/tokens">{t('settings.ingress.token')}</Link>
      </p>
      <dl className={s.kv}>
        <div>
          <dt>{t('settings.ingress.address')}</dt>
          <dd>
            <CopyBox text={url} label={t('settings.ingress.address')} />
          </dd>
        </div>
        {/* what comes by webhook is signed by the other side; nobody writes it by hand */}
        {(webhook ? [] : rawMediaTypes.filter((type) => type in originals)).map((mediaType) => (
          <div key={mediaType}>
            <dt>{original(mediaType)}</dt>
            <dd>
              <CopyBox text={rawExample(url, mediaType)} label={original(mediaType)} />
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('settings.ingress.json')}</dt>
          <dd>
            <CopyBox text={json} label={t('settings.ingress.json')} />
          </dd>
        </div>
      </dl>
    </>
  );
  // where messages come by themselves, few feed any by hand
  if (webhook || session || visitors) {
    return (
      <details className={`${s.panel} ${s.folded}`}>
        <summary>{t('settings.ingress.title')}</summary>
        {ways}
      </details>
    );
  }
  return (
    <section className={s.panel}>
      <h2>{t('settings.ingress.title')}</h2>
      {ways}
    </section>
  );
}

/** Originals that people hand in themselves, and what such a file may be called. */
const originals: Record<string, string> = { 'message/rfc822': 'mail.eml', [callJsonMediaType]: 'call.json' };

function rawExample(url: string, mediaType: string): string {
  return [
    `curl ${url} \\`,
    `  -H 'Authorization: Bearer TOKEN' \\`,
    `  -H 'Content-Type: ${mediaType}' \\`,
    `  --data-binary @${originals[mediaType] ?? 'original'}`,
  ].join('\n');
}

const senders: Record<ChannelKind, { kind: string; value: string }> = {
  email: { kind: 'email', value: 'dewi@example.com' },
  whatsapp: { kind: 'whatsapp', value: '+6281234567890' },
  webchat: { kind: 'visitor', value: 'visitor-1' },
  phone: { kind: 'phone', value: '+622150991120' },
};

function jsonExample(url: string, kind: ChannelKind): string {
  const message = {
    externalId: `${kind}-1`,
    sender: senders[kind],
    sentAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    text: 'Halo',
  };
  return [
    `curl ${url} \\`,
    `  -H 'Authorization: Bearer TOKEN' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(message)}'`,
  ].join('\n');
}
