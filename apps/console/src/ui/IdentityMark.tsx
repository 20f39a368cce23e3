import { IconId } from '@tabler/icons-react';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { ChannelMark } from './ChannelMark.js';

const marks: Partial<Record<IdentityKind, ChannelKind>> = {
  email: 'email',
  phone: 'phone',
  whatsapp: 'whatsapp',
  lid: 'whatsapp',
  bsuid: 'whatsapp',
  visitor: 'webchat',
};

/** The channel on which an address is used. */
export function IdentityMark({ kind, size = 14 }: { kind: IdentityKind; size?: number }) {
  const mark = marks[kind];
  if (mark) return <ChannelMark kind={mark} size={size} />;
  return <IconId size={size} stroke={1.9} color="var(--lk-text-3)" aria-hidden style={{ flex: 'none' }} />;
}
