import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { listCases } from '../../../../test/support/desk.js';
import { agentSocket } from '../../../../test/support/live-client.js';
import { until } from '../../../../test/support/until.js';
import { type Site, VisitorClient } from '../../../../test/support/visitor.js';

let app: TestApp;
let site: Site;
beforeAll(async () => {
  app = await startApp();
  const origin = 'https://toko.example';
  const config = { allowedOrigins: [origin] };
  const { id } = await app.admin.createChannel({ kind: 'webchat', name: 'Toko', config });
  site = { url: app.url, channelId: id, origin };
});
afterAll(() => app.close());

it('a visitor is told how far his message has come, and nothing that is not so', async () => {
  const visitor = await VisitorClient.arrive(site);
  const states = async (): Promise<string[]> =>
    (await visitor.history()).map(({ text, state }) => `${text} ${state}`);
  // Nobody is there; a script that only listens to one case is nobody's screen.
  await visitor.send('satu');
  const caseId = (await listCases(app.admin))[0]!.id;
  const agent = agentSocket(app.url, { cookie: app.admin.cookieHeader() });
  await new Promise<void>((resolve) => agent.once('connect', () => resolve()));
  await agent.emitWithAck('subscribe', { rooms: [`case:${caseId}`] });
  await visitor.send('dua');
  await until(() => visitor.heard.length === 2);
  expect(await states()).toEqual(['dua sent', 'satu sent']);

  await agent.emitWithAck('subscribe', { rooms: ['inbox'] });
  const third = await visitor.send('tiga');
  await until(() => visitor.states.length > 0);
  expect(visitor.states).toEqual([{ messageId: third.ok ? third.messageId : '', state: 'delivered' }]);
  // All before it stand there too; and it is still so when the page is loaded anew.
  expect(await states()).toEqual(['tiga delivered', 'dua delivered', 'satu delivered']);

  agent.emit('presence', { caseId, state: 'viewing' });
  await until(() => visitor.states.length > 1);
  expect(visitor.states[1]).toEqual({ messageId: third.ok ? third.messageId : '', state: 'read' });
  agent.emit('presence', { caseId, state: 'left' });
  const fourth = await visitor.send('empat');
  await until(() => visitor.states.length > 2);
  expect(visitor.states[2]).toEqual({ messageId: fourth.ok ? fourth.messageId : '', state: 'delivered' });
  expect(await states()).toEqual(['empat delivered', 'tiga read', 'dua read', 'satu read']);
  agent.close();
  visitor.leave();
});
