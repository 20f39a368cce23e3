import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { draftBodySchema } from '@loket/contracts/drafts.js';
import { createTeamSchema, routingSettingsSchema, type RoutingSettings } from '@loket/contracts/teams.js';
import type { z } from 'zod';
import { message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../cases/timeline.service.js';
import { DraftsService } from '../drafts/drafts.service.js';
import { Event } from '../events/event.entity.js';
import { RepliesService } from '../messages/replies.service.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { AgentWorkService } from '../teams/agent-work.service.js';
import { Availabilities } from '../teams/availability.service.js';
import { TeamsService } from '../teams/teams.service.js';
import { Routing } from './routing.service.js';

type Person = { id: string; name: string };
type Settings = Partial<z.input<typeof routingSettingsSchema>>;

let core: TestCore;
let channelId: string;
let people: Person[];
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.close());
beforeEach(async () => {
  channelId = await core.addChannel();
  people = [];
});
/** Everybody goes home, so that the next test begins alone. */
afterEach(async () => {
  for (const { id } of people) await core.get(Availabilities).choose(id, 'offline');
  await core.get(Routing).settle();
});

const routing = (): Routing => core.get(Routing);
const there = (...who: Person[]): Promise<void> => core.get(Availabilities).active(who.map(({ id }) => id));
const settle = async (): Promise<void> => {
  await routing().settle();
  await routing().route();
};
const person = async (
  name: string,
  limits: { total?: number; byChannel?: Partial<Record<ChannelKind, number>> } = {},
) => {
  const agent = await core.addAgent(name);
  people.push(agent);
  await core
    .get(AgentWorkService)
    .update(agent.id, agent.id, { limits: { total: limits.total ?? 5, byChannel: limits.byChannel ?? {} } });
  return agent;
};
let teams = 0;
const team = async (
  members: readonly Person[],
  settings: Settings = {},
  channels = [channelId],
): Promise<string> => {
  const routes: RoutingSettings = routingSettingsSchema.parse({ distribution: 'round_robin', ...settings });
  const create = createTeamSchema.parse({
    name: `Team ${++teams}`,
    memberIds: members.map(({ id }) => id),
    channelIds: channels,
    routing: routes,
  });
  const [{ id: actorId } = await core.addAgent('Actor')] = members;
  return (await core.get(TeamsService).create(actorId, create)).id;
};
let senders = 0;
const open = async (over: Parameters<typeof message>[1] = {}): Promise<string> => {
  const from = `orang${++senders}@customer.example`;
  return (
    await core.receive(
      message(channelId, {
        sender: { kind: 'email', value: from, proof: 'verified', evidence: [] },
        ...over,
      }),
    )
  ).caseId;
};
const assignee = async (id: string): Promise<string | null> =>
  (await core.get(CasesService).get(id)).assignee?.id ?? null;
const reasons = async (caseId: string): Promise<(string | undefined)[]> => {
  const events = await core.database
    .getRepository(Event)
    .find({ where: { caseId, type: 'case.assigned' }, order: { id: 'ASC' } });
  return events.map(({ data }) => (data as { routing?: string }).routing);
};

describe('a new case of a team’s channel', () => {
  it('is the team’s, and waits while nobody is there', async () => {
    const rina = await person('Rina');
    const id = await team([rina]);
    const found = await open();
    await settle();
    expect(await core.get(CasesService).get(found)).toMatchObject({ team: { id }, assignee: null });
    await there(rina);
    await settle();
    expect(await assignee(found)).toBe(rina.id);
    expect(await reasons(found)).toEqual(['round_robin']);
  });

  it('goes round, and to nobody who is away, disabled, or full', async () => {
    const [a, b, c, d] = [
      await person('A'),
      await person('B', { total: 1 }),
      await person('C'),
      await person('D'),
    ];
    await team([a, b, c, d]);
    await there(a, b, c, d);
    await core.get(Availabilities).choose(c.id, 'away');
    await core.database.query('UPDATE agents SET disabled_at = now() WHERE id = $1', [d.id]);
    const found = [];
    for (let n = 0; n < 4; n++) found.push(await open());
    await settle();
    const got = await Promise.all(found.map(assignee));
    expect(got.filter((id) => id === b.id)).toHaveLength(1);
    expect(got.filter((id) => id === a.id)).toHaveLength(3);
  });

  it('of a team that gives nothing out by itself waits for whoever takes it', async () => {
    const rina = await person('Rina');
    await team([rina], { distribution: 'manual' });
    await there(rina);
    const found = await open();
    await settle();
    expect(await assignee(found)).toBeNull();
  });

  it('waits out of hours, unless the team wants it otherwise', async () => {
    const rina = await person('Rina');
    const hours = { timeZone: 'Asia/Jakarta', week: [] };
    const id = await team([rina], { hours });
    await there(rina);
    const found = await open();
    await settle();
    expect(await assignee(found)).toBeNull();
    const { routing: settings } = await core.get(TeamsService).get(id);
    await core.get(TeamsService).update(rina.id, id, { routing: { ...settings, outOfHours: 'distribute' } });
    await settle();
    expect(await assignee(found)).toBe(rina.id);
  });

  it('waits out of the workspace’s hours and on its holidays where the team has no hours of its own', async () => {
    const settings = core.get(WorkspaceSettingsService);
    const rina = await person('Rina');
    const id = await team([rina]);
    await there(rina);
    await settings.update('hours', { week: [] }, rina.id);
    const found = await open();
    await settle();
    expect(await assignee(found)).toBeNull();
    const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Jakarta' }).format(core.clock.now());
    await settings.update('hours', { week: null, holidays: [{ date: today, name: 'Nyepi' }] }, rina.id);
    await settle();
    expect(await assignee(found)).toBeNull();
    // own hours are not closed on holidays unless they say so
    const whole = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '00:00' }));
    const { routing: settingsNow } = await core.get(TeamsService).get(id);
    const own = (holidays: boolean) =>
      core.get(TeamsService).update(rina.id, id, {
        routing: { ...settingsNow, hours: { timeZone: 'Asia/Jakarta', week: whole, holidays } },
      });
    await own(true);
    await settle();
    expect(await assignee(found)).toBeNull();
    await own(false);
    await settle();
    expect(await assignee(found)).toBe(rina.id);
    await settings.update('hours', { week: null, holidays: [] }, rina.id);
  });

  it('counts room by channel, and goes to who has the skill and the language', async () => {
    const chat = await core.addChannel({}, 'whatsapp');
    const [a, b] = [await person('A', { byChannel: { whatsapp: 0 } }), await person('B')];
    await core
      .get(AgentWorkService)
      .update(a.id, a.id, { skills: ['Retur'.toLowerCase()], languages: ['id'] });
    await core.get(AgentWorkService).update(b.id, b.id, { languages: ['en'] });
    await team([a, b], {}, [channelId, chat]);
    const whatsapp = (
      await core.receive(
        message(chat, {
          sender: { kind: 'whatsapp', value: '+6281234500001', proof: 'verified', evidence: [] },
          thread: { conversation: '+6281234500001' },
        }),
      )
    ).caseId;
    const tagged = await open();
    await core.get(CaseChanges).update(tagged, { tags: ['retur', 'vip'] }, a.id);
    const english = await open();
    await core.database.query(
      `UPDATE customers SET language = 'en' WHERE id = (SELECT customer_id FROM cases WHERE id = $1)`,
      [english],
    );
    await there(a, b);
    await settle();
    expect([await assignee(whatsapp), await assignee(tagged), await assignee(english)]).toEqual([
      b.id,
      a.id,
      b.id,
    ]);
  });
});

describe('a customer who comes back', () => {
  it('goes on with whoever answered last, while he is there', async () => {
    const [a, b] = [await person('A'), await person('B')];
    await team([a, b]);
    const sender = {
      kind: 'email' as const,
      value: 'setia@customer.example',
      proof: 'verified' as const,
      evidence: [],
    };
    const first = await open({ sender });
    await there(b);
    await settle();
    expect(await assignee(first)).toBe(b.id);
    await core.get(RepliesService).create(first, { text: 'Halo', attachments: [], status: 'resolved' }, b);
    await there(a);
    const second = await open({ sender, text: 'Faktur bulan lalu belum saya terima', subject: 'Faktur' });
    await settle();
    expect(second).not.toBe(first);
    expect(await assignee(second)).toBe(b.id);
    expect(await reasons(second)).toEqual(['sticky']);
  });

  it('does not wait for somebody who has gone home', async () => {
    const [a, b] = [await person('A'), await person('B')];
    await team([a, b]);
    await there(a);
    const sender = {
      kind: 'email' as const,
      value: 'malam@customer.example',
      proof: 'verified' as const,
      evidence: [],
    };
    const m = message(channelId, { sender });
    const found = (await core.receive(m)).caseId;
    await settle();
    await core.get(RepliesService).create(found, { text: 'Halo', attachments: [], status: 'pending' }, a);
    await core.get(Availabilities).choose(a.id, 'offline');
    await there(b);
    await core.receive(
      message(channelId, {
        sender,
        thread: { inReplyTo: m.externalId, references: [m.externalId] },
      }),
    );
    await settle();
    expect(await assignee(found)).toBe(b.id);
    expect(await reasons(found)).toEqual(['round_robin', 'gone', 'round_robin']);
  });
});

describe('a case that waits too long', () => {
  it('is taken from an agent who says nothing, and given to another', async () => {
    const [a, b] = [await person('A'), await person('B')];
    await team([a, b], { silentMinutes: 30 });
    await there(a);
    const found = await open();
    await settle();
    expect(await assignee(found)).toBe(a.id);
    core.clock.advanceHours(0.4);
    await there(a, b);
    await settle();
    expect(await assignee(found)).toBe(a.id);
    core.clock.advanceHours(0.2);
    await there(a, b);
    await settle();
    expect(await assignee(found)).toBe(b.id);
    expect(await reasons(found)).toEqual(['round_robin', 'silent', 'round_robin']);
  });

  it('keeps what the agent had begun to write as a note of his', async () => {
    const [a, b] = [await person('A'), await person('B')];
    await team([a, b], { silentMinutes: 30 });
    await there(a);
    const found = await open();
    await settle();
    const body = draftBodySchema.parse({ text: 'Baik, akan kami' });
    await core.get(DraftsService).save(a.id, found, 'reply', { body, savedAt: new Date().toISOString() });
    core.clock.advanceHours(0.6);
    await there(a, b);
    await settle();
    expect(await assignee(found)).toBe(b.id);
    const { items } = await core.get(TimelineService).ofCase(found, { limit: 50 }, nobody);
    expect(items.find(({ type }) => type === 'note')).toMatchObject({
      agent: { id: a.id },
      text: 'Baik, akan kami',
      draft: true,
    });
    expect(await core.get(DraftsService).list(a.id, found)).toEqual([]);
    const events = await core.database
      .getRepository(Event)
      .find({ where: { caseId: found }, order: { id: 'ASC' } });
    expect(events.map(({ version }) => version)).toEqual(events.map((_, n) => n + 1));
  });

  it('stays with an agent who has answered', async () => {
    const a = await person('A');
    await team([a], { silentMinutes: 30 });
    await there(a);
    const found = await open();
    await settle();
    await core.get(RepliesService).create(found, { text: 'Halo', attachments: [] }, a);
    core.clock.advanceHours(1);
    await there(a);
    await settle();
    expect(await reasons(found)).toEqual(['round_robin']);
  });

  it('is taken from an agent whose screens are gone for some minutes', async () => {
    const [a, b] = [await person('A'), await person('B')];
    await team([a, b], { offlineMinutes: 5 });
    await there(a);
    const found = await open();
    await settle();
    core.clock.advanceHours(0.02);
    await there(b);
    await core.get(Availabilities).settle();
    await settle();
    expect(await assignee(found)).toBe(a.id);
    core.clock.advanceHours(0.1);
    await there(b);
    await settle();
    expect(await assignee(found)).toBe(b.id);
    expect(await reasons(found)).toEqual(['round_robin', 'gone', 'round_robin']);
  });

  it('that a supervisor gave to somebody who is not there stays with him for as long', async () => {
    const [a, b] = [await person('A'), await person('B')];
    await team([a, b], { offlineMinutes: 5 });
    const found = await open();
    const { version } = await core.get(CasesService).get(found);
    await core.get(CaseAssignments).assign(found, { agentId: a.id, version }, b.id);
    await there(b);
    await settle();
    expect(await assignee(found)).toBe(a.id);
    core.clock.advanceHours(0.1);
    await there(b);
    await settle();
    expect(await assignee(found)).toBe(b.id);
  });

  it('goes to another team when nobody here could take it', async () => {
    const [a, b] = [await person('A', { total: 0 }), await person('B')];
    const second = await team([b], {}, []);
    const first = await team([a], { overflow: { teamId: second, afterMinutes: 10 } });
    await there(a, b);
    const found = await open();
    await settle();
    expect(await core.get(CasesService).get(found)).toMatchObject({ team: { id: first }, assignee: null });
    core.clock.advanceHours(0.2);
    await there(a, b);
    await settle();
    expect(await core.get(CasesService).get(found)).toMatchObject({
      team: { id: second },
      assignee: { id: b.id },
    });
    expect(await reasons(found)).toEqual(['overflow', 'round_robin']);
  });
});

describe('many at once', () => {
  it('1,000 cases wait, 20 people come at once: all have as many as they can carry, none more', async () => {
    const crowd: Person[] = [];
    for (let n = 0; n < 20; n++) crowd.push(await person(`Agen ${n}`));
    const id = await team(crowd, { distribution: 'least_loaded' });
    const [customer] = await core.database.query('SELECT id FROM customers LIMIT 1');
    await core.database.query(
      `INSERT INTO cases (id, subject, customer_id, last_message_at, waiting_since, team_id)
       SELECT gen_random_uuid(), 'x', $1, now(), now(), $2 FROM generate_series(1, 1000)`,
      [(customer as { id: string }).id, id],
    );
    // each sign comes through a process of its own, and each process routes
    await Promise.all(
      crowd.map(async (one) => {
        await there(one);
        await routing().route();
      }),
    );
    await settle();
    const counts: { n: number }[] = await core.database.query(
      `SELECT count(*)::int AS n FROM cases WHERE team_id = $1 AND assignee_id IS NOT NULL GROUP BY assignee_id`,
      [id],
    );
    expect(counts.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, () => 5));
    // whoever is done with one gets the next
    const [{ id: first } = { id: '' }]: { id: string }[] = await core.database.query(
      'SELECT id FROM cases WHERE assignee_id = $1 LIMIT 1',
      [crowd[0]!.id],
    );
    await core.get(CaseChanges).update(first, { status: 'resolved' }, crowd[0]!.id);
    await settle();
    const [{ n } = { n: 0 }]: { n: number }[] = await core.database.query(
      `SELECT count(*)::int AS n FROM cases WHERE assignee_id = $1 AND status = 'open'`,
      [crowd[0]!.id],
    );
    expect(n).toBe(5);
  });
});
