import { describe, expect, it } from '@jest/globals';
import { matchCase, type Candidate, type MatchFacts } from './match-case.js';

const now = new Date('2026-11-20T03:00:00Z');

const facts = (over: Partial<MatchFacts> = {}): MatchFacts => ({
  channelId: 'support',
  senderProof: 'claimed',
  knownProof: 'claimed',
  automatic: null,
  forwarded: false,
  receivedAt: now,
  reopenWithinHours: 72,
  conversationIsAddress: false,
  ...over,
});

const candidate = (over: Partial<Candidate> = {}): Candidate => ({
  source: 'reference',
  rank: 0,
  by: 'a@example.com',
  caseId: 'case-1',
  caseNumber: 1042,
  status: 'open',
  resolvedAt: null,
  arrangement: 0,
  threadId: 'thread-1',
  threadChannelId: 'support',
  bouncedMessageId: null,
  participant: true,
  ...over,
});

describe('matchCase', () => {
  it.each<[string, Candidate[], Partial<MatchFacts>, string, string | null]>([
    ['nothing known', [], {}, 'new_case', null],
    ['our token from a participant', [candidate({ source: 'token' })], {}, 'signed_token', 'case-1'],
    [
      'our token, when what is answered was split off to another case since',
      [candidate({ source: 'token' }), candidate({ caseId: 'case-2', caseNumber: 1043 })],
      {},
      'thread_reference',
      'case-2',
    ],
    [
      'our token, when only something older stands in another case',
      [candidate({ source: 'token' }), candidate({ caseId: 'case-2', caseNumber: 1043, rank: 1 })],
      {},
      'signed_token',
      'case-1',
    ],
    ['our token from a stranger', [candidate({ source: 'token', participant: false })], {}, 'new_case', null],
    ['a known reference', [candidate()], {}, 'thread_reference', 'case-1'],
    ['a colleague who answers all', [candidate({ participant: false })], {}, 'thread_reference', 'case-1'],
    [
      'a reference, but the domain disowns the sender',
      [candidate()],
      { senderProof: 'failed' },
      'new_case',
      null,
    ],
    ['a number from a participant', [candidate({ source: 'number' })], {}, 'case_number', 'case-1'],
    [
      'a number from a stranger (zammad#2444)',
      [candidate({ source: 'number', participant: false })],
      {},
      'new_case',
      null,
    ],
    [
      'a number, less proof than before',
      [candidate({ source: 'number' })],
      { knownProof: 'verified' },
      'new_case',
      null,
    ],
    [
      'a number, proof as before',
      [candidate({ source: 'number' })],
      { knownProof: 'verified', senderProof: 'verified' },
      'case_number',
      'case-1',
    ],
    [
      'a forward by a stranger (zammad#4965)',
      [candidate({ participant: false })],
      { forwarded: true },
      'new_case',
      null,
    ],
    [
      'a forward to another mailbox of ours (zammad#4965)',
      [candidate({ threadChannelId: 'sales' })],
      { forwarded: true },
      'new_case',
      null,
    ],
    ['a forward within its own case', [candidate()], { forwarded: true }, 'thread_reference', 'case-1'],
    [
      'a bounce',
      [candidate({ source: 'bounce', participant: false })],
      { automatic: 'bounce' },
      'bounced_original',
      'case-1',
    ],
    ['a chat that goes on', [candidate({ source: 'conversation' })], {}, 'same_conversation', 'case-1'],
    [
      'a chat closed lately',
      [
        candidate({
          source: 'conversation',
          status: 'resolved',
          resolvedAt: new Date('2026-11-17T03:00:00Z'),
        }),
      ],
      {},
      'same_conversation',
      'case-1',
    ],
    [
      'a chat closed an hour too long ago',
      [
        candidate({
          source: 'conversation',
          status: 'resolved',
          resolvedAt: new Date('2026-11-17T02:00:00Z'),
        }),
      ],
      {},
      'new_case',
      null,
    ],
  ])('%s', (_name, candidates, over, rule, caseId) => {
    const match = matchCase(candidates, facts(over));
    expect(match.rule).toBe(rule);
    expect(match.candidate?.caseId ?? null).toBe(caseId);
    expect(match.evidence.length).toBeGreaterThan(0);
  });

  it('takes the rules in their order, whatever the order of the candidates', () => {
    const all = [
      candidate({ source: 'conversation', caseId: 'chat' }),
      candidate({ source: 'number', caseId: 'number' }),
      candidate({ source: 'reference', rank: 1, caseId: 'reference' }),
      candidate({ source: 'token', caseId: 'token' }),
    ];
    expect(matchCase(all, facts()).candidate?.caseId).toBe('token');
    expect(matchCase(all.slice(0, 3), facts()).candidate?.caseId).toBe('reference');
    expect(matchCase(all.slice(0, 2), facts()).candidate?.caseId).toBe('number');
  });

  it('prefers the id answered directly, and before that a case in which the sender takes part', () => {
    const far = candidate({ rank: 5, caseId: 'far' });
    const near = candidate({ rank: 0, caseId: 'near' });
    expect(matchCase([far, near], facts()).candidate?.caseId).toBe('near');
    expect(matchCase([far, { ...near, participant: false }], facts()).candidate?.caseId).toBe('far');
  });
});
