import { afterEach, describe, expect, it } from '@jest/globals';
import type { PresenceUpdate } from '@loket/contracts/sockets.js';
import { liveState, presentOn } from './live.js';

const rina = { agentId: 'r', name: 'Rina', state: 'typing' } as const;
const on = (caseId: string, ...agents: PresenceUpdate['agents']): PresenceUpdate => ({ caseId, agents });

afterEach(() => liveState.resetPresence([]));

describe('who is on a case', () => {
  it('is gone when the server says so, and when it says nothing of him any more', () => {
    liveState.setPresence(on('a', rina));
    liveState.setPresence(on('b', rina));
    expect(presentOn('a')).toEqual([rina]);
    liveState.setPresence(on('a'));
    expect(presentOn('a')).toEqual([]);
    // he left the other one between two rooms of ours, where nobody told us
    liveState.resetPresence([on('c', rina), on('d')]);
    expect([presentOn('b'), presentOn('c'), presentOn('d')]).toEqual([[], [rina], []]);
  });

  it('stays the same answer for the same state: what is shown of it is not drawn again', () => {
    liveState.setPresence(on('a', rina));
    const before = presentOn('a');
    liveState.setPresence(on('b', rina));
    expect(presentOn('a')).toBe(before);
    expect(presentOn('nobody there')).toBe(presentOn(undefined));
  });
});
