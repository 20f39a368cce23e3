import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { noticeKinds, type Notice } from '@loket/contracts/notices.js';
import { routingReasons } from '@loket/contracts/teams.js';
import { noticeWords } from './notice-text.js';

const rina = { id: 'rina', name: 'Rina' };
const siti = { id: 'siti', name: 'Siti' };
const notice = (over: Partial<Notice>): Notice => ({
  ...{ id: 'n', kind: 'given', at: '2026-11-21T02:00:00Z', noteId: null, reason: null, read: false },
  ...{ actor: null, to: null, routing: null, case: { number: 1042 } as Notice['case'] },
  ...over,
});

describe('noticeWords', () => {
  it.each<[Partial<Notice>, string]>([
    [{ kind: 'given', actor: rina, to: siti }, 'givenBy'],
    [{ kind: 'given', to: siti, routing: 'sticky' }, 'given_sticky'],
    [{ kind: 'taken', actor: rina, to: siti }, 'takenToBy'],
    [{ kind: 'taken', actor: rina, to: rina }, 'takenOver'],
    [{ kind: 'taken', actor: rina }, 'takenBy'],
    [{ kind: 'taken', routing: 'silent' }, 'taken_silent'],
    [{ kind: 'followed' }, 'followed'],
    [{ kind: 'followed', actor: rina }, 'followedBy'],
    [{ kind: 'mention', actor: rina }, 'mentionBy'],
  ])('%j: %s', (over, key) => {
    expect(noticeWords(notice(over))).toEqual({
      key,
      params: { number: '1042', actor: over.actor?.name ?? '', to: over.to?.name ?? '' },
    });
  });

  it.each(['id', 'en'])('finds a sentence for whatever can come (%s)', (language) => {
    const file = new URL(`./locales/${language}.json`, import.meta.url);
    const { say } = JSON.parse(readFileSync(file, 'utf8')) as { say: Record<string, string> };
    const all = noticeKinds.flatMap((kind) =>
      [null, rina].flatMap((actor) =>
        [null, rina, siti].flatMap((to) =>
          [null, ...routingReasons].map((routing) => noticeWords(notice({ kind, actor, to, routing })).key),
        ),
      ),
    );
    expect([...new Set(all)].filter((key) => !say[key])).toEqual([]);
  });
});
