import { describe, expect, it } from '@jest/globals';
import { newerCase, newerList, newerTimeline } from './newer.js';

const pages = (...items: object[][]) => ({
  pages: items.map((page) => ({ items: page, nextCursor: null })),
  pageParams: items.map(() => null),
});
const message = (id: string, minute: number, version = 1) => ({
  type: 'message',
  id,
  version,
  at: `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z`,
});

describe('what is fetched does not replace what is newer', () => {
  it('in lists, by version, in the fetched order', () => {
    const old = pages([
      { id: 'a', version: 3 },
      { id: 'b', version: 1 },
      { id: 'gone', version: 9 },
    ]);
    const fresh = pages([
      { id: 'b', version: 2 },
      { id: 'a', version: 2 },
    ]);
    expect(newerList(old, fresh)).toEqual(
      pages([
        { id: 'b', version: 2 },
        { id: 'a', version: 3 },
      ]),
    );
  });

  it('keeps the identity of rows that did not change', () => {
    const old = pages([{ id: 'a', version: 1, tags: ['x'] }]);
    const merged = newerList(old, pages([{ id: 'a', version: 1, tags: ['x'] }]));
    expect(merged).toBe(old);
  });

  it('in a case, but for the ways to answer, which only a fetch brings', () => {
    const old = { version: 5, subject: 'new', replyOptions: ['old'] };
    expect(newerCase(old, { version: 4, subject: 'old', replyOptions: ['new'] })).toEqual({
      version: 5,
      subject: 'new',
      replyOptions: ['new'],
    });
    expect(newerCase(old, { version: 5, subject: 'x', replyOptions: [] })).toMatchObject({ subject: 'x' });
  });

  it('in a timeline: states by version, and what came in meanwhile', () => {
    const old = pages([message('b', 2, 3), message('c', 3), { ...message('local:1', 4), version: -1 }]);
    const fresh = pages([message('a', 1), message('b', 2, 2)]);
    expect(newerTimeline('c1', old, fresh)).toEqual(
      pages([message('a', 1), message('b', 2, 3), message('c', 3)]),
    );
  });

  it('does not bring back what a shorter first page left to the second', () => {
    const old = pages([message('a', 1), message('b', 2), message('c', 3)]);
    const fresh = pages([message('b', 2), message('c', 3), message('d', 4)]);
    expect(newerTimeline('c1', old, fresh)).toEqual(fresh);
  });
});
