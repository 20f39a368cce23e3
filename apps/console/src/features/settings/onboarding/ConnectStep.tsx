import { Anchor, Button, Text } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Channel, ChannelKind } from '@loket/contracts/channels.js';
import { useChannels } from '../../../api/channels.js';
import { ChannelMark, channelColor, useChannelName } from '../../../ui/ChannelMark.js';
import { GenericEditor } from '../components/GenericEditor.js';
import { StatusLine } from '../components/StatusLine.js';
import { WhatsappEditor } from '../components/WhatsappEditor.js';
import c from '../components/settings.module.css';
import { WebchatEditor } from '../webchat/WebchatEditor.js';
import { ConnectMail } from './ConnectMail.js';
import s from './onboarding.module.css';

const kinds: readonly ChannelKind[] = ['whatsapp', 'email', 'webchat', 'phone'];

/** Which channels there are, and the way to connect more; then the settings of the one that was chosen. */
export function ConnectStep({ kind, onDone }: { kind: ChannelKind | undefined; onDone: () => void }) {
  const [, go] = useLocation();
  const channels = useChannels().data ?? [];
  const back = () => go('/setup/connect');
  if (kind === undefined) return <Kinds channels={channels} onDone={onDone} />;
  if (kind === 'email') {
    const channel = channels.findLast((one) => one.kind === 'email');
    return <ConnectMail channel={channel} onSaved={back} onBack={back} />;
  }
  return <ConnectOther kind={kind} onBack={back} />;
}

function Kinds({ channels, onDone }: { channels: readonly Channel[]; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const kindName = useChannelName();
  const some = channels.length > 0;
  return (
    <>
      <div className={s.in}>
        <h1>{t('settings.onboarding.connect.title')}</h1>
        <p>{t('settings.onboarding.connect.intro')}</p>
        <ul className={c.kinds}>
          {kinds.map((kind) => {
            const channel = channels.findLast((one) => one.kind === kind);
            return (
              <li key={kind} className={c.kind}>
                <span className={c.tile} style={{ '--c': channelColor(kind) } as CSSProperties}>
                  <ChannelMark kind={kind} size={19} />
                </span>
                <div style={{ minWidth: 0 }}>
                  <b>{kindName(kind)}</b>
                  <p {...(channel && { className: 'cut' })}>
                    {channel
                      ? (channel.address ?? channel.name)
                      : t(`settings.onboarding.connect.kind.${kind}`)}
                  </p>
                </div>
                {channel ? (
                  <StatusLine channel={channel} />
                ) : (
                  <Button
                    component={Link}
                    href={`/setup/connect/${kind}`}
                    variant="default"
                    aria-label={`${t('settings.onboarding.connect.do')}: ${kindName(kind)}`}
                  >
                    {t('settings.onboarding.connect.do')}
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        {!some && (
          <Text size="sm" c="dimmed" mt="xl">
            {t('settings.onboarding.connect.none')}{' '}
            {/* the shop opens beside the inbox, where the first message is then seen to arrive */}
            <Anchor
              href={`/demo/shop?lang=${i18n.language}`}
              target="_blank"
              rel="noopener"
              size="sm"
              onClick={() => go('/inbox/all')}
            >
              {t('settings.onboarding.connect.shop')}
            </Anchor>
          </Text>
        )}
      </div>
      <footer className={s.bot}>
        <span className="grow">{t('settings.onboarding.connect.foot')}</span>
        <Button {...(!some && { variant: 'subtle' })} onClick={onDone}>
          {t(some ? 'settings.onboarding.next' : 'settings.onboarding.skip')}
        </Button>
      </footer>
    </>
  );
}

/** The settings of any other kind are those of its own page. */
function ConnectOther({ kind, onBack }: { kind: 'whatsapp' | 'webchat' | 'phone'; onBack: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const kindName = useChannelName();
  return (
    <>
      <div className={s.in} data-wide={kind === 'webchat' || undefined}>
        <h1>{t('settings.channels.newOf', { kind: kindName(kind) })}</h1>
        <p>{t(`settings.channels.kind.${kind}`)}</p>
        {kind === 'whatsapp' ? (
          <WhatsappEditor
            onSaved={(channel) =>
              // a phone is linked, or a webhook shown, on the page of the channel; the list of steps leads back
              go(`/settings/channels/${channel.id}${channel.capabilities.session ? '?pair' : ''}`)
            }
          />
        ) : kind === 'webchat' ? (
          <WebchatEditor onSaved={onBack} />
        ) : (
          <GenericEditor kind={kind} onSaved={onBack} />
        )}
      </div>
      <footer className={s.bot}>
        <span className="grow">{t('settings.onboarding.connect.foot')}</span>
        <Button variant="subtle" onClick={onBack}>
          {t('ui.back')}
        </Button>
      </footer>
    </>
  );
}
