import type { MessageChange, TimelineMessage } from '@loket/contracts/cases.js';

export interface Version {
  text: string;
  at: string;
}

export interface Reaction {
  emoji: string;
  by: Pick<MessageChange, 'side' | 'name' | 'at'>[];
}

/** How a message reads today, and how it came to. */
export interface Words {
  text: string;
  /** oldest first, the first as it was sent; one when it was never edited */
  versions: Version[];
  /** the last time that it was edited */
  editedAt: string | null;
  revoked: MessageChange | null;
  /** most frequent first */
  reactions: Reaction[];
}

export function wordsOf({
  text,
  sentAt,
  changes,
}: Pick<TimelineMessage, 'text' | 'sentAt' | 'changes'>): Words {
  const versions: Version[] = [{ text, at: sentAt }];
  const reactions = new Map<string, Reaction>();
  let revoked: MessageChange | null = null;
  for (const change of changes) {
    if (change.type === 'edited' && change.text !== null) versions.push({ text: change.text, at: change.at });
    else if (change.type === 'revoked') revoked = change;
    else if (change.type === 'reacted' && change.emoji) {
      const same = reactions.get(change.emoji) ?? { emoji: change.emoji, by: [] };
      same.by.push({ side: change.side, name: change.name, at: change.at });
      reactions.set(change.emoji, same);
    }
  }
  const latest = versions.at(-1);
  return {
    text: latest?.text ?? text,
    versions,
    editedAt: versions.length > 1 ? (latest?.at ?? null) : null,
    revoked,
    reactions: [...reactions.values()].sort((a, b) => b.by.length - a.by.length),
  };
}
