import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import type { CustomerTyping, PresenceUpdate, VisitorSign } from '@loket/contracts/sockets.js';
import { visitorCardsSchema } from '@loket/contracts/visitor-cards.js';
import { startApp, startBareApp, type TestApp } from '../../../../test/support/app.js';
import { listCases, readMessages } from '../../../../test/support/desk.js';
import { agentSocket, type AgentSocket } from '../../../../test/support/live-client.js';
import { until } from '../../../../test/support/until.js';
import { type Site, VisitorClient } from '../../../../test/support/visitor.js';

let first: TestApp;
let second: Awaited<ReturnType<typeof startBareApp>>;
/** a page whose visitors are connected to the second server */
let site: Site;
const open: AgentSocket[] = [];
beforeAll(async () => {
  first = await startApp();
  // What is the server's own in both is the same, as with several processes of one installation.
  second = await startBareApp(first.databaseUrl);
  const origin = 'https://toko.example';
  const { id } = await first.admin.createChannel({
    kind: 'webchat',
    name: 'Toko',
    config: { allowedOrigins: [origin] },
  });
  site = { url: second.url, channelId: id, origin };
});
afterAll(async () => {
  for (const socket of open) socket.close();
  await second.close();
  await first.close();
});

interface Screen {
  socket: AgentSocket;
  present: PresenceUpdate[];
  typed: CustomerTyping[];
  signs: VisitorSign[];
}
async function screen(url: string, caseId: string): Promise<Screen> {
  const socket = agentSocket(url, { cookie: first.admin.cookieHeader() });
  open.push(socket);
  const seen: Screen = { socket, present: [], typed: [], signs: [] };
  socket.on('presence', (update) => seen.present.push(update));
  socket.on('typing', (typing) => seen.typed.push(typing));
  socket.on('visitor', (sign) => seen.signs.push(sign));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  expect(await socket.emitWithAck('subscribe', { rooms: ['inbox', `case:${caseId}`] })).toMatchObject({
    ok: true,
  });
  return seen;
}
const pictured = (agents: PresenceUpdate['agents'] | undefined): string =>
  (agents ?? []).map(({ agentId, state }) => `${agentId} ${state}`).join();

describe('agents and visitors at different processes', () => {
  it('see who is on a case, who writes, what was read, and where the visitor is', async () => {
    const visitor = await VisitorClient.arrive(site);
    await visitor.send('Mug biru masih ada?');
    const [found] = await until(
      () => listCases(first.admin, 'status=all'),
      (cases) => cases.length === 1,
    );
    const caseId = found!.id;
    const { id: me } = await first.admin.get('/me', agentSchema);
    const [here, there] = [await screen(first.url, caseId), await screen(second.url, caseId)];

    here.socket.emit('presence', { caseId, state: 'viewing' });
    await until(() => pictured(there.present.at(-1)?.agents) === `${me} viewing`);
    // Somebody who looks now is told who was there before, wherever that is.
    const late = await screen(second.url, caseId);
    await until(() => pictured(late.present.at(-1)?.agents) === `${me} viewing`);
    // An agent has the case before him, so the visitor's words are read.
    const [message] = await readMessages(first.admin, caseId);
    await until(() =>
      visitor.states.some(({ messageId, state }) => messageId === message!.id && state === 'read'),
    );

    here.socket.emit('presence', { caseId, state: 'typing' });
    await until(() => visitor.typing.length > 0);
    visitor.say('typing', { typing: true });
    await until(() => here.typed.some(({ typing }) => typing));

    const page = { url: `${site.origin}/mug`, title: 'Mug', referrer: '' };
    visitor.say('page', page);
    await until(() => here.signs.some((sign) => sign.online && sign.page?.url === page.url));
    const card = await first.admin.get(`/customers/${found!.customer.id}/visitors`, visitorCardsSchema);
    expect(card.items).toMatchObject([{ id: visitor.id, online: true }]);

    here.socket.close();
    await until(() => there.present.at(-1)?.agents.length === 0);
    visitor.leave();
  });
});
