import type { ChannelKind } from '@loket/contracts/channels.js';
import type { ArrivingMessage, OpenCaseFacts } from '@loket/core/matching/case-score.js';
import { digestOf } from '@loket/core/matching/text/digest.js';
import { builtInLexicon } from '@loket/core/matching/text/lexicon.js';

const now = new Date('2026-11-20T03:00:00Z');
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);

/** What somebody said, and how long ago; `us`: the answer of an agent. */
export interface Said {
  kind?: ChannelKind;
  channel?: string;
  subject?: string;
  text: string;
  hours?: number;
  from?: string;
  files?: string[];
}

const digest = ({ subject, text, files }: Said): ArrivingMessage['digest'] =>
  digestOf(
    {
      subject: subject ?? null,
      text,
      attachments: (files ?? []).map((file) => ({
        sha256: file.padEnd(64, '0'),
        size: 90_000,
        inline: false,
      })),
    },
    builtInLexicon,
  );

/** A message that arrives now. */
export const arriving = (said: Said): ArrivingMessage => ({
  digest: digest(said),
  at: now,
  channelKind: said.kind ?? 'whatsapp',
  channelId: said.channel ?? said.kind ?? 'whatsapp',
  senderName: said.from ?? null,
});

let number = 1000;
/** An open case; its messages oldest first, three hours ago unless told. */
export const open = (...said: Said[]): OpenCaseFacts => {
  number += 1;
  const messages = said
    .map((one) => ({
      digest: digest(one),
      at: ago(one.hours ?? 3),
      direction: one.from === 'us' ? ('outbound' as const) : ('inbound' as const),
      channelKind: one.kind ?? ('email' as const),
      channelId: one.channel ?? one.kind ?? 'email',
      senderName: one.from === 'us' ? null : (one.from ?? null),
    }))
    .reverse();
  const [last] = messages;
  return {
    caseId: `case-${number}`,
    caseNumber: number,
    subject: said[0]?.subject ?? '',
    openedAt: messages.at(-1)?.at ?? now,
    lastMessageAt: last?.at ?? now,
    lastDirection: last?.direction ?? null,
    channelKinds: [...new Set(messages.map(({ channelKind }) => channelKind))],
    messages,
  };
};
