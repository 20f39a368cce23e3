import { describe, expect, it } from '@jest/globals';
import { createTeamSchema, teamSchema, type AgentWork, type Team } from '@loket/contracts/teams.js';
import { overflowChoices, teamFormOf, teamOf, wrongIn, type TeamForm } from './team-form.js';
import { teamSentences, type TeamSurroundings } from './team-sentences.js';

const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const team = (n: number, overflowTo?: number, closed = false): Team =>
  teamSchema.parse({
    id: id(n),
    name: `Tim ${String(n)}`,
    members: [{ id: id(90), name: 'Rina' }],
    channelIds: [id(80)],
    routing: {
      distribution: 'round_robin',
      silentMinutes: 7,
      offlineMinutes: null,
      ...(overflowTo !== undefined && { overflow: { teamId: id(overflowTo), afterMinutes: 20 } }),
      hours: { timeZone: 'Asia/Makassar', week: [{ day: 6, from: '08:00', to: '12:00' }], holidays: true },
      outOfHours: 'distribute',
    },
    closed,
    version: 3,
    createdAt: '2026-11-22T00:00:00Z',
  });

describe('a team’s form', () => {
  it('sends back what it was given', () => {
    for (const one of [team(1), team(1, 2)]) {
      const sent = teamOf(teamFormOf(one));
      expect(sent).toEqual({
        name: one.name,
        memberIds: [id(90)],
        channelIds: [id(80)],
        routing: one.routing,
      });
    }
  });

  it('begins with what the server takes', () => {
    expect(createTeamSchema.safeParse(teamOf({ ...teamFormOf(null), name: 'Gudang' })).success).toBe(true);
  });

  it.each<[string, Partial<TeamForm>, string[]]>([
    ['no name', { name: '  ' }, ['name']],
    ['no minutes', { silent: { on: true, minutes: '' } }, ['silent']],
    ['minutes of a rule that is off', { silent: { on: false, minutes: '' } }, []],
    ['minutes that nobody reads', { distribution: 'manual', offline: { on: true, minutes: 0 } }, []],
    ['too many minutes', { overflow: { teamId: id(2), minutes: 10_081 } }, ['overflow']],
    [
      'half a stretch',
      { hours: { on: true, timeZone: 'UTC', holidays: false, week: [{ day: 1, from: '08:00', to: '' }] } },
      ['officeHours.week.0'],
    ],
  ])('says what is wrong: %s', (_, part, wrong) => {
    expect(wrongIn({ ...teamFormOf(team(1)), ...part })).toEqual(wrong);
  });

  it('offers no overflow that leads back', () => {
    const teams = [team(1, 2), team(2, 3), team(3), team(4, 3), team(5, undefined, true)];
    const names = (of: number | undefined) =>
      overflowChoices(teams, of === undefined ? undefined : id(of)).map(({ name }) => name);
    expect(names(3)).toEqual([]);
    expect(names(2)).toEqual(['Tim 3', 'Tim 4']);
    expect(names(undefined)).toEqual(['Tim 1', 'Tim 2', 'Tim 3', 'Tim 4']);
  });
});

describe('what will happen', () => {
  const person = (n: number, more: Partial<AgentWork> = {}): AgentWork => ({
    agent: { id: id(n), name: `Orang ${String(n)}` },
    availability: 'online',
    since: '2026-11-22T00:00:00Z',
    limits: { total: 4, byChannel: {} },
    skills: [],
    languages: [],
    teamIds: [],
    load: 0,
    oldestWaiting: null,
    ...more,
  });
  const around: TeamSurroundings = {
    people: [
      person(90),
      person(91, { skills: ['retur'] }),
      person(92, { limits: { total: 0, byChannel: {} } }),
    ],
    channelNames: new Map([[id(80), 'WhatsApp Toko']]),
    teamNames: new Map([[id(2), 'Gudang']]),
    usual: { week: null, holidays: [] },
    list: (names) => names.join(' + '),
  };
  const told = (part: Partial<TeamForm>, more: Partial<TeamSurroundings> = {}) =>
    teamSentences({ ...teamFormOf(team(1)), ...part }, { ...around, ...more });
  const keys = (...all: Parameters<typeof told>) => told(...all).map(({ key }) => key);

  it('tells a case’s way from the channel to the hours', () => {
    expect(told({ memberIds: [id(90), id(91)], overflow: { teamId: id(2), minutes: 20 } })).toEqual([
      { key: 'channels', values: { channels: 'WhatsApp Toko', team: 'Tim 1' } },
      { key: 'round_robin', values: { count: 2, room: 8 } },
      { key: 'sticky', values: {} },
      { key: 'skills', values: { skill: 'retur' } },
      { key: 'silent', values: { count: 7 } },
      { key: 'neverOffline', values: {} },
      { key: 'overflow', values: { team: 'Gudang', count: 20 } },
      { key: 'ownDistribute', values: {} },
    ]);
  });

  it('says of a manual team only what holds there', () => {
    expect(keys({ distribution: 'manual', overflow: { teamId: id(2), minutes: 20 } })).toEqual([
      'channels',
      'manual',
      'overflow',
    ]);
  });

  it('warns of what nobody will notice otherwise', () => {
    expect(keys({ memberIds: [], channelIds: [] }).slice(0, 2)).toEqual(['noChannels', 'noMembers']);
    expect(keys({ memberIds: [id(90), id(92)] })).toContain('nothingFor');
  });

  it('knows the workspace’s hours where the team has none', () => {
    const hours = { ...teamFormOf(team(1)).hours, on: false };
    expect(keys({ hours }).at(-1)).toBe('always');
    const usual = { week: [{ day: 1, from: '08:00', to: '17:00' }], holidays: [] };
    expect(keys({ hours }, { usual }).at(-1)).toBe('usualDistribute');
    expect(keys({ hours, outOfHours: 'hold' }, { usual }).at(-1)).toBe('usualHold');
  });
});
