import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CustomerTyping, Room, VisitorSign } from '@loket/contracts/sockets.js';
import { type VisitorCard, visitorCardsSchema } from '@loket/contracts/visitor-cards.js';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { readMessages } from '../../../../test/support/desk.js';
import { type AgentSocket, agentSocket } from '../../../../test/support/live-client.js';
import { until } from '../../../../test/support/until.js';
import { type Site, VisitorClient } from '../../../../test/support/visitor.js';
import { eventPageSchema } from '@loket/contracts/events.js';

let app: TestApp;
let site: Site;
const open: AgentSocket[] = [];
beforeAll(async () => {
  app = await startApp();
  const origin = 'https://toko.example';
  const { id } = await app.admin.createChannel({
    kind: 'webchat',
    name: 'Toko',
    config: {
      allowedOrigins: [origin],
      preChat: [{ id: 'pesanan', kind: 'text', label: { id: 'Nomor pesanan', en: 'Order number' } }],
    },
  });
  site = { url: app.url, channelId: id, origin };
});
afterAll(async () => {
  for (const socket of open) socket.close();
  await app.close();
});

interface Agent {
  signs: VisitorSign[];
  typed: CustomerTyping[];
}

async function agentIn(rooms: Room[]): Promise<Agent> {
  const socket = agentSocket(app.url, { cookie: app.admin.cookieHeader() });
  open.push(socket);
  const heard: Agent = { signs: [], typed: [] };
  socket.on('visitor', (sign) => heard.signs.push(sign));
  socket.on('typing', (typing) => heard.typed.push(typing));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  expect(await socket.emitWithAck('subscribe', { rooms })).toMatchObject({ ok: true });
  return heard;
}

async function talking(
  words: string,
): Promise<{ visitor: VisitorClient; caseId: string; customerId: string }> {
  const visitor = await VisitorClient.arrive(site);
  const { messageId } = (await visitor.send(words, { preChat: { pesanan: 'A-17' } })) as {
    messageId: string;
  };
  // the log tells of what is settled, which may be a moment later
  const told = await until(async () => {
    const { items } = await app.admin.get('/events?limit=500', eventPageSchema);
    return items.find(({ data }) => data['messageId'] === messageId);
  });
  const caseId = told!.caseId!;
  const [message] = await readMessages(app.admin, caseId);
  return { visitor, caseId, customerId: message!.customerId };
}
const page = (path: string) => ({ url: `${site.origin}/${path}`, title: `Halaman ${path}`, referrer: '' });
const cardOf = async (customerId: string): Promise<VisitorCard> =>
  (await app.admin.get(`/customers/${customerId}/visitors`, visitorCardsSchema)).items[0]!;

describe('where a visitor is', () => {
  it('is told live to who has a case of his before him, to nobody else, and is no event', async () => {
    const { visitor, caseId, customerId } = await talking('Mug biru masih ada?');
    const other = await talking('Saya orang lain');
    const [looking, elsewhere, list] = [
      await agentIn(['inbox', `case:${caseId}`]),
      await agentIn(['inbox', `case:${other.caseId}`]),
      await agentIn(['inbox', 'calls', 'admin']),
    ];
    const before = await app.admin.get('/events?limit=500', eventPageSchema);
    visitor.say('page', page('mug'));
    await until(() => looking.signs.some((sign) => sign.page?.url === page('mug').url));
    expect(looking.signs.at(-1)).toMatchObject({ customerId, visitorId: visitor.id, online: true });
    expect(await cardOf(customerId)).toMatchObject({
      online: true,
      page: page('mug'),
      answers: { pesanan: 'A-17' },
      questions: { pesanan: 'Nomor pesanan' },
    });

    // A second tab of his goes, and he is still there; he follows a link, and is not told to have left.
    const tab = await VisitorClient.arrive(site, visitor.token);
    visitor.leave();
    tab.say('page', page('kasir'));
    await until(() => looking.signs.at(-1)?.page?.url === page('kasir').url);
    tab.leave();
    const back = await VisitorClient.arrive(site, visitor.token);
    back.say('page', page('terima-kasih'));
    await until(() => looking.signs.at(-1)?.page?.url === page('terima-kasih').url);
    expect(looking.signs.every(({ online }) => online)).toBe(true);
    const gone = Date.now();
    back.leave();
    await until(() => looking.signs.at(-1)?.online === false, undefined, 30_000);
    const card = await cardOf(customerId);
    expect(card).toMatchObject({ online: false, page: page('terima-kasih') });
    // When he went, not when it was noticed.
    expect(Math.abs(Date.parse(card.lastSeenAt) - gone)).toBeLessThan(7_000);

    expect([...elsewhere.signs, ...list.signs]).toEqual([]);
    expect(await app.admin.get(`/events?after=${before.nextCursor}`, eventPageSchema)).toMatchObject({
      items: [],
    });
    other.visitor.leave();
  }, 60_000);

  it('is told once a second at most, however many tabs change their page, and in the end as it is', async () => {
    const { visitor, caseId } = await talking('Saya buka banyak tab');
    const agent = await agentIn([`case:${caseId}`]);
    const tabs = await Promise.all(
      Array.from({ length: 5 }, () => VisitorClient.arrive(site, visitor.token)),
    );
    const began = Date.now();
    for (let n = 0; n < 10; n++) for (const tab of tabs) tab.say('page', page(`${String(n)}`));
    await until(() => agent.signs.at(-1)?.page?.url === page('9').url);
    expect(agent.signs.length).toBeLessThanOrEqual(2 + Math.ceil((Date.now() - began) / 1_000));
    for (const tab of [visitor, ...tabs]) tab.leave();
  });

  it('that he writes shows in his case and in the list, until he stops or sends it', async () => {
    const { visitor, caseId } = await talking('Halo?');
    const [looking, list] = [await agentIn([`case:${caseId}`, 'inbox']), await agentIn(['inbox'])];
    visitor.say('typing', { typing: true });
    for (const { typed } of [looking, list]) {
      await until(() => typed.length > 0);
      expect(typed).toMatchObject([{ caseId, typing: true }]);
    }
    await visitor.send('Sudah saya kirim');
    await until(() => list.typed.at(-1)?.typing === false);
    expect(list.typed).toHaveLength(2);
    visitor.leave();
  });
});
