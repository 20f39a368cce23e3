import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rebalance, type CarriedCase, type Carrier } from './rebalance.js';

const carrier = (id: string, load: number, over: Partial<Carrier> = {}): Carrier => ({
  id,
  load,
  takes: true,
  limit: 10,
  ...over,
});
const of = (agentId: string, count: number, over: Partial<CarriedCase> = {}): CarriedCase[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `${agentId}${n}`,
    agentId,
    begun: false,
    waitingSince: n,
    ...over,
  }));

describe('rebalance', () => {
  it('evens out, the longest waiting and not begun first', () => {
    const cases = [...of('a', 6), ...of('a', 2, { begun: true }).map((c) => ({ ...c, id: `x${c.id}` }))];
    expect(rebalance(cases, [carrier('a', 8), carrier('b', 2), carrier('c', 2)])).toEqual([
      { caseId: 'a0', from: 'a', to: 'b' },
      { caseId: 'a1', from: 'a', to: 'c' },
      { caseId: 'a2', from: 'a', to: 'b' },
      { caseId: 'a3', from: 'a', to: 'c' },
    ]);
  });

  it('takes what waits from whoever is not there, and leaves what does not', () => {
    const cases = [...of('a', 2), ...of('a', 1, { waitingSince: null }).map((c) => ({ ...c, id: 'quiet' }))];
    expect(rebalance(cases, [carrier('a', 3, { takes: false }), carrier('b', 5)])).toEqual([
      { caseId: 'a0', from: 'a', to: 'b' },
      { caseId: 'a1', from: 'a', to: 'b' },
    ]);
  });

  it('counts shares: who can carry more carries more', () => {
    const moves = rebalance(of('a', 9), [carrier('a', 9), carrier('b', 0, { limit: 20 })]);
    expect(moves).toHaveLength(6);
  });

  it('proposes nothing where it is even already, or nobody is there', () => {
    expect(rebalance(of('a', 3), [carrier('a', 3), carrier('b', 2)])).toEqual([]);
    expect(rebalance(of('a', 3), [carrier('a', 3, { takes: false })])).toEqual([]);
  });

  it('never fills anybody above his limit, moves each case once, and always ends', () => {
    const people = fc.array(
      fc.record({ takes: fc.boolean(), limit: fc.nat(8), own: fc.nat(10), other: fc.nat(3) }),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(people, (made) => {
        const carriers = made.map((p, n) => ({
          id: `p${n}`,
          takes: p.takes,
          limit: p.limit,
          load: p.own + p.other,
        }));
        const cases = made.flatMap((p, n) => of(`p${n}`, p.own));
        const moves = rebalance(cases, carriers);
        expect(new Set(moves.map(({ caseId }) => caseId)).size).toBe(moves.length);
        for (const { id, limit, load, takes } of carriers) {
          const got = moves.filter(({ to }) => to === id).length;
          const gave = moves.filter(({ from }) => from === id).length;
          if (got > 0) expect(takes && load + got - gave <= limit).toBe(true);
        }
        for (const { caseId, from, to } of moves) {
          expect(cases.find(({ id }) => id === caseId)!.agentId).toBe(from);
          expect(from).not.toBe(to);
        }
        expect(
          rebalance(
            cases.map((c) => ({
              ...c,
              agentId: moves.find(({ caseId }) => caseId === c.id)?.to ?? c.agentId,
            })),
            carriers.map((c) => ({
              ...c,
              load:
                c.load +
                moves.filter(({ to }) => to === c.id).length -
                moves.filter(({ from }) => from === c.id).length,
            })),
          ),
        ).toEqual([]);
      }),
    );
  });
});
