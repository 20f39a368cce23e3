import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from './support/until.js';
import { WhatsAppDesk } from './support/whatsapp-web.js';

// LOKET_TEST_FULL=1 runs it in full.
const full = process.env.LOKET_TEST_FULL === '1';
const messages = full ? 1000 : 150;
const kills = full ? 5 : 2;
const chats = Array.from({ length: 5 }, (_, index) => `62812000000${String(index)}@c.us`);

let desk: WhatsAppDesk;
beforeAll(async () => {
  desk = await WhatsAppDesk.open();
  await desk.connect();
  await desk.pair();
});
afterAll(() => desk.close());

it(
  `loses nothing of ${String(messages)} messages while the session dies ${String(kills)} times, and keeps their order`,
  async () => {
    // What the customers know that they wrote.
    const ledger = new Map(chats.map((chat) => [chat, [] as string[]]));
    let written = 0;
    const write = (): void => {
      const chat = chats[(written * 7) % chats.length] ?? '';
      const body = `${String(written)} ${chat}`;
      written += 1;
      desk.stub.receive({ from: chat, body });
      ledger.get(chat)?.push(body);
    };
    const taken = (): number => desk.host.messages.length;

    const deaths = (): number => desk.reports.filter(({ state }) => state === 'backoff').length;

    const round = messages / (kills + 1);
    for (let death = 1; written < messages; death += 1) {
      const target = Math.min(messages, Math.round(round * death));
      // In the midst of the stream: part of it is with core, part under way, part not even at the page.
      const dying = Math.round(target - round / 3);
      while (written < target) {
        write();
        if (written === dying && death <= kills) {
          await until(() => taken() > 0);
          desk.killProcess();
        }
        if (written % 10 === 0) await sleep(5);
      }
      await until(() => deaths() >= Math.min(death, kills));
      await desk.ready();
    }

    await until(taken, (count) => count >= messages, full ? 120_000 : 40_000);
    // Whatever else is under way would come too often.
    await sleep(500);
    const found = new Map(chats.map((chat) => [chat, [] as string[]]));
    for (const { thread, text } of desk.host.messages) found.get(thread.conversation ?? '')?.push(text);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(ledger));
    expect(deaths()).toBe(kills);
  },
  full ? 300_000 : 90_000,
);
