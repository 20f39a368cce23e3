import { describe, expect, it } from '@jest/globals';
import { sessionStates, type SessionState } from '@loket/contracts/channel-sessions.js';
import { isRunning, nextState, sessionInputs, terminalStates, type SessionInput } from './session-state.js';

const play = (from: SessionState, ...inputs: SessionInput[]): SessionState => inputs.reduce(nextState, from);

describe('the states of a WhatsApp session', () => {
  it.each<[string, SessionState, SessionInput[], SessionState]>([
    ['pairs by QR', 'stopped', ['start', 'qr', 'qr', 'authenticating', 'syncing', 'ready'], 'ready'],
    ['pairs by code', 'stopped', ['start', 'code', 'authenticating', 'ready'], 'ready'],
    ['comes back without a QR', 'stopped', ['start', 'syncing', 'ready'], 'ready'],
    ['stays ready when told twice', 'ready', ['ready', 'syncing', 'ready'], 'ready'],
    ['is degraded and well again', 'ready', ['lost', 'lost', 'ready'], 'ready'],
    ['starts again after a crash', 'ready', ['died', 'retry', 'syncing', 'ready'], 'ready'],
    ['starts again after crash upon crash', 'starting', ['died', 'retry', 'died'], 'backoff'],
    ['ends when it is taken over elsewhere', 'ready', ['conflict', 'died', 'retry'], 'conflict'],
    ['ends when it is logged out', 'degraded', ['logged_out', 'retry', 'ready'], 'logged_out'],
    ['is paired again by a person', 'logged_out', ['start', 'qr'], 'qr_pending'],
    ['ignores what a dead process still says', 'backoff', ['ready', 'qr', 'lost'], 'backoff'],
    ['stops while it waits', 'backoff', ['stop', 'retry'], 'stopped'],
  ])('%s', (_name, from, inputs, to) => {
    expect(play(from, ...inputs)).toBe(to);
  });

  it.each([...terminalStates])('%s is left by a person only, and survives a restart', (state) => {
    const ways = sessionInputs.filter((input) => nextState(state, input) !== state);
    expect(ways).toEqual(['start']);
  });

  it('can be stopped and can die wherever a process runs', () => {
    for (const state of sessionStates.filter(isRunning)) {
      expect([state, nextState(state, 'stop'), nextState(state, 'died')]).toEqual([
        state,
        'stopped',
        'backoff',
      ]);
    }
  });

  it('gets from everywhere to ready, with help where it needs some', () => {
    for (const state of sessionStates)
      expect(play(state, 'start', 'retry', 'syncing', 'ready')).toBe('ready');
  });
});
