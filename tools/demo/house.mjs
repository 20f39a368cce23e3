import { Readable } from 'node:stream';
import { AgentsService } from '@loket/core/access/agents.service.js';
import { AgentPictures } from '@loket/core/access/agent-pictures.service.js';
import { Agent } from '@loket/core/access/agent.entity.js';
import { SetupService } from '@loket/core/access/setup.service.js';
import { CannedAnswersService } from '@loket/core/canned/canned-answers.service.js';
import { ChannelsService } from '@loket/core/channels/channels.service.js';
import { WorkspaceSettingsService } from '@loket/core/settings/workspace-settings.service.js';
import { TagsService } from '@loket/core/tags/tags.service.js';
import { AgentWorkService } from '@loket/core/teams/agent-work.service.js';
import { TeamsService } from '@loket/core/teams/teams.service.js';
import { SavedViews } from '@loket/core/views/saved-views.service.js';
import { createCannedAnswerSchema } from '@loket/contracts/canned-answers.js';
import { createChannelSchema } from '@loket/contracts/channels.js';
import { createSavedViewSchema } from '@loket/contracts/saved-views.js';
import { createTeamSchema } from '@loket/contracts/teams.js';
import { face } from './face.mjs';
import { admin, agents, cannedAnswers, channels, savedViews, shop, tags, teams } from './shop.mjs';

/**
 * The company before its first customer: people, teams, channels, answers and views.
 * @returns ids by the names that shop.mjs gives them
 */
export async function furnish(desk) {
  await desk.get(SetupService).setUpByEnvironment(admin.email, shop.password);
  const people = desk.database.getRepository(Agent);
  const first = await people.findOneByOrFail({ email: admin.email });
  const actor = {
    agent: { id: first.id, name: admin.name, role: 'admin', locale: 'id' },
    via: { kind: 'session', sessionId: first.id },
  };
  await desk.get(AgentsService).update(actor, first.id, { name: admin.name });
  await desk.get(WorkspaceSettingsService).update('workspace', { name: shop.name }, first.id);
  for (const [name, colour, description = ''] of tags)
    await desk.get(TagsService).create(first.id, { name, colour, description });
  const me = { id: first.id, supervises: true };
  const byEmail = new Map([[admin.email, { id: first.id, name: admin.name }]]);
  for (const { name, role, email, skills, languages, limit } of agents) {
    const create = { email, name, role, locale: 'id', password: shop.password };
    const { id } = await desk.get(AgentsService).create(actor, create);
    byEmail.set(email, { id, name });
    const limits = { total: limit, byChannel: { phone: 3 } };
    await desk.get(AgentWorkService).update(first.id, id, { limits, skills, languages });
  }
  for (const [n, { id }] of [...byEmail.values()].entries())
    await desk.get(AgentPictures).set(actor, id, Readable.from([face(n)]));
  const channelIds = new Map();
  for (const { key, kind, name, config } of channels) {
    const create = createChannelSchema.parse({ kind, name, config });
    channelIds.set(key, (await desk.get(ChannelsService).create(actor, create)).id);
  }
  const teamIds = new Map();
  for (const { key, name, distribution } of teams) {
    const create = createTeamSchema.parse({
      name,
      memberIds: [...agents, admin].filter((one) => one.teams.includes(key)).map(({ email }) => byEmail.get(email).id), // prettier-ignore
      channelIds: channels.filter(({ team }) => team === key).map((one) => channelIds.get(one.key)),
      routing: { distribution, offlineMinutes: 60 },
    });
    teamIds.set(key, (await desk.get(TeamsService).create(first.id, create)).id);
  }
  for (const { key, overflow } of teams.filter((team) => team.overflow)) {
    const id = teamIds.get(key);
    const { routing } = await desk.get(TeamsService).get(id);
    const to = { teamId: teamIds.get(overflow), afterMinutes: 20 };
    await desk.get(TeamsService).update(first.id, id, { routing: { ...routing, overflow: to } });
  }
  for (const [shortcut, title, id, en] of cannedAnswers) {
    const create = createCannedAnswerSchema.parse({ shortcut, title, texts: { id, en }, scope: 'all' });
    await desk.get(CannedAnswersService).create(me, create);
  }
  for (const [name, filter] of savedViews) {
    const create = createSavedViewSchema.parse({ name, filter: listed(filter), shared: true });
    await desk.get(SavedViews).create(me, create);
  }
  return { admin: first.id, agents: byEmail, channels: channelIds, teams: teamIds };
}

/** Lists stand in filters as they do in the address. */
function listed(filter) {
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}
