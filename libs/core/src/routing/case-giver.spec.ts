import { describe, expect, it } from '@jest/globals';
import type { ChannelKind } from '@loket/contracts/channels.js';
import type { RoutingReason } from '@loket/contracts/teams.js';
import fc from 'fast-check';
import { CaseGiver, type FreeAgent, type Gift, type GivingTeam, type WaitingCase } from './case-giver.js';

const agent = (id: string, over: Partial<FreeAgent> & { total?: number } = {}): FreeAgent => ({
  id,
  limits: { total: over.total ?? 5, byChannel: {} },
  skills: new Set(),
  languages: new Set(),
  load: 0,
  loadByChannel: {},
  lastGivenAt: 0,
  ...over,
});
const waiting = (id: string, over: Partial<WaitingCase> = {}): WaitingCase => ({
  id,
  teamId: 't',
  channelKinds: ['email'],
  tags: [],
  language: null,
  lastAgentId: null,
  takenFromId: null,
  ...over,
});
const team = (members: readonly FreeAgent[], over: Partial<GivingTeam> = {}) =>
  new Map<string, GivingTeam>([
    [
      't',
      {
        id: 't',
        distribution: 'round_robin',
        sticky: true,
        memberIds: members.map(({ id }) => id),
        skills: new Set(members.flatMap(({ skills }) => [...skills])),
        languages: new Set(members.flatMap(({ languages }) => [...languages])),
        ...over,
      },
    ],
  ]);
const cases = (count: number, over: Partial<WaitingCase> = {}): WaitingCase[] =>
  Array.from({ length: count }, (_, n) => waiting(`c${n}`, over));
const distribute = (
  todo: readonly WaitingCase[],
  teams: ReadonlyMap<string, GivingTeam>,
  agents: readonly FreeAgent[],
): Gift[] => new CaseGiver(teams, agents).give(todo);
const given = (gifts: readonly { agentId: string; reason: RoutingReason }[]): string[] =>
  gifts.map(({ agentId }) => agentId);

describe('CaseGiver', () => {
  it('goes round, beginning with whoever has waited longest for something', () => {
    const people = [agent('a', { lastGivenAt: 30 }), agent('b', { lastGivenAt: 10 }), agent('c')];
    expect(given(distribute(cases(5), team(people), people))).toEqual(['c', 'b', 'a', 'c', 'b']);
  });

  it('gives to whoever carries the smallest share of what he can', () => {
    const people = [
      agent('a', { load: 4, total: 10 }),
      agent('b', { load: 1, total: 2 }),
      agent('c', { load: 3 }),
    ];
    const gifts = distribute(cases(3), team(people, { distribution: 'least_loaded' }), people);
    expect(given(gifts)).toEqual(['a', 'b', 'a']);
    expect(gifts[0]).toEqual({ caseId: 'c0', agentId: 'a', reason: 'least_loaded' });
  });

  it('goes on with whoever answered last, as long as he has room', () => {
    const people = [agent('a'), agent('b', { total: 1 })];
    const gifts = distribute(cases(3, { lastAgentId: 'b' }), team(people), people);
    expect(gifts.map(({ agentId, reason }) => `${agentId} ${reason}`)).toEqual([
      'b sticky',
      'a round_robin',
      'a round_robin',
    ]);
    const loose = distribute(cases(1, { lastAgentId: 'b' }), team(people, { sticky: false }), people);
    expect(given(loose)).toEqual(['a']);
  });

  it('does not give a case back to whom it was just taken from, unless there is nobody else', () => {
    const people = [agent('a'), agent('b', { lastGivenAt: 1 })];
    expect(given(distribute(cases(1, { takenFromId: 'a' }), team(people), people))).toEqual(['b']);
    expect(given(distribute(cases(1, { takenFromId: 'a' }), team(people), people.slice(0, 1)))).toEqual([
      'a',
    ]);
  });

  it('asks for skills that somebody of the team has, also when he is not there, and for no others', () => {
    const people = [agent('a'), agent('b', { skills: new Set(['refunds']), lastGivenAt: 1 })];
    expect(given(distribute(cases(1, { tags: ['refunds', 'vip'] }), team(people), people))).toEqual(['b']);
    expect(given(distribute(cases(1, { tags: ['vip'], language: 'en' }), team(people), people))).toEqual([
      'a',
    ]);
    expect(distribute(cases(1, { tags: ['refunds'] }), team(people), people.slice(0, 1))).toEqual([]);
  });

  it('takes those who have not said what they speak to speak what the team does', () => {
    const people = [
      agent('a', { languages: new Set(['id']) }),
      agent('b', { languages: new Set(['en']), lastGivenAt: 1 }),
    ];
    expect(given(distribute(cases(1, { language: 'en' }), team(people), people))).toEqual(['b']);
    const silent = agent('c');
    expect(given(distribute(cases(1, { language: 'en' }), team([...people, silent]), [silent]))).toEqual([
      'c',
    ]);
  });

  it('goes on page by page, and tells where there is still room', () => {
    const people = [agent('a', { total: 2 }), agent('b', { total: 1 })];
    const giver = new CaseGiver(team(people), people);
    expect(giver.open).toEqual(['t']);
    expect(given(giver.give(cases(2)))).toEqual(['a', 'b']);
    expect(given(giver.give([waiting('x'), waiting('y')]))).toEqual(['a']);
    expect(giver.open).toEqual([]);
  });

  it('passes over a case that fits nobody, and gives the next', () => {
    const people = [agent('a', { limits: { total: 5, byChannel: { whatsapp: 0 } } })];
    const gifts = distribute(
      [waiting('w', { channelKinds: ['email', 'whatsapp'] }), waiting('m')],
      team(people),
      people,
    );
    expect(gifts).toEqual([{ caseId: 'm', agentId: 'a', reason: 'round_robin' }]);
  });

  it('leaves other teams’ cases, and people of other teams', () => {
    const people = [agent('a')];
    expect(distribute([waiting('x', { teamId: 'other' })], team(people), people)).toEqual([]);
    expect(distribute(cases(1), team([]), people)).toEqual([]);
  });

  const kinds: ChannelKind[] = ['email', 'whatsapp'];
  const people = fc.array(
    fc.record({
      total: fc.nat(6),
      whatsapp: fc.nat(3),
      load: fc.nat(7),
      byWhatsapp: fc.nat(3),
      last: fc.nat(5),
      refunds: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  const work = fc.array(
    fc.record({
      kinds: fc.subarray(kinds, { minLength: 1 }),
      tags: fc.subarray(['refunds', 'vip']),
      last: fc.option(fc.nat(8), { nil: null }),
      from: fc.option(fc.nat(8), { nil: null }),
    }),
    { maxLength: 40 },
  );

  it('never gives anybody more than he can carry, each case once, and leaves none that somebody could take', () => {
    fc.assert(
      fc.property(
        people,
        work,
        fc.constantFrom('round_robin', 'least_loaded'),
        (made, asked, distribution) => {
          const agents = made.map((p, n) =>
            agent(`a${n}`, {
              limits: { total: p.total, byChannel: { whatsapp: p.whatsapp } },
              load: p.load,
              loadByChannel: { whatsapp: p.byWhatsapp },
              lastGivenAt: p.last,
              skills: new Set(p.refunds ? ['refunds'] : []),
            }),
          );
          const name = (n: number | null): string | null => (n === null ? null : `a${n}`);
          const todo = asked.map((c, n) =>
            waiting(`c${n}`, {
              channelKinds: c.kinds,
              tags: c.tags,
              lastAgentId: name(c.last),
              takenFromId: name(c.from),
            }),
          );
          const teams = team(agents, { distribution: distribution });
          const gifts = distribute(todo, teams, agents);
          expect(new Set(gifts.map(({ caseId }) => caseId)).size).toBe(gifts.length);
          const got = (id: string, kind?: ChannelKind): number =>
            gifts.filter(
              (g) =>
                g.agentId === id &&
                (!kind || todo.find((c) => c.id === g.caseId)!.channelKinds.includes(kind)),
            ).length;
          const room = (a: FreeAgent, c: WaitingCase): boolean =>
            a.load + got(a.id) < a.limits.total &&
            (!c.channelKinds.includes('whatsapp') ||
              a.loadByChannel.whatsapp! + got(a.id, 'whatsapp') < a.limits.byChannel.whatsapp!);
          for (const a of agents) {
            expect(got(a.id)).toBeLessThanOrEqual(Math.max(0, a.limits.total - a.load));
            const held = a.loadByChannel.whatsapp!;
            expect(got(a.id, 'whatsapp')).toBeLessThanOrEqual(
              Math.max(0, a.limits.byChannel.whatsapp! - held),
            );
          }
          const skills = teams.get('t')!.skills;
          for (const c of todo.filter(({ id }) => !gifts.some(({ caseId }) => caseId === id))) {
            const needs = c.tags.filter((tag) => skills.has(tag));
            const able = agents.filter(
              (a) => needs.every((need) => a.skills.has(need) || need === 'en') && room(a, c),
            );
            expect(able).toEqual([]);
          }
        },
      ),
    );
  });

  it('is fair within one among people who can carry the same', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat(120),
        fc.constantFrom('round_robin' as const, 'least_loaded' as const),
        (many, count, distribution) => {
          const agents = Array.from({ length: many }, (_, n) => agent(`a${n}`));
          const gifts = distribute(cases(count), team(agents, { distribution }), agents);
          const counts = agents.map(({ id }) => gifts.filter(({ agentId }) => agentId === id).length);
          expect(gifts).toHaveLength(Math.min(count, many * 5));
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
