import { IconBrandWhatsapp, IconMail, IconMessage, IconPhone } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelKind } from '@loket/contracts/channels.js';
import s from './ui.module.css';

const tokens = { email: 'mail', whatsapp: 'wa', webchat: 'chat', phone: 'call' } as const;
const icons = { email: IconMail, whatsapp: IconBrandWhatsapp, webchat: IconMessage, phone: IconPhone };

export function channelColor(kind: ChannelKind): string {
  return `var(--lk-ch-${tokens[kind]})`;
}

export function useChannelName(): (kind: ChannelKind) => string {
  const { t } = useTranslation();
  return (kind) => t(`ui.channel.${kind}`);
}

export function ChannelMark({ kind, size = 14 }: { kind: ChannelKind; size?: number }) {
  const name = useChannelName();
  const Icon = icons[kind];
  return (
    <span
      className={s.mark}
      style={{ '--c': channelColor(kind) } as CSSProperties}
      role="img"
      aria-label={name(kind)}
    >
      <Icon size={size} stroke={1.9} />
    </span>
  );
}

export function ChannelMarks({ kinds, size = 14 }: { kinds: readonly ChannelKind[]; size?: number }) {
  return (
    <span className={s.marks}>
      {kinds.map((kind) => (
        <ChannelMark key={kind} kind={kind} size={size} />
      ))}
    </span>
  );
}
