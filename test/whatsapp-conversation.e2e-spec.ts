import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { z } from 'zod';
import { agentSchema } from '@loket/contracts/access.js';
import { caseSchema, timelinePageSchema } from '@loket/contracts/cases.js';
import { accessibilityFaults, openBrowser, signedIn, type Visitor } from './support/browser.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer, messageOf } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { listCases, signInAdmin } from './support/desk.js';
import { GraphStandIn } from './support/graph-stand-in.js';
import {
  contact,
  message,
  sign,
  status,
  textMessage,
  wamid,
  webhookBody,
  type WebhookValue,
} from './support/graph-webhooks.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';

/** A white pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);
const dewi = { waId: '6281288412207', name: 'Dewi Anggraini' };
const hendra = { waId: '6281344455566', name: 'Hendra Wijaya' };
const seconds = (): number => Math.floor(Date.now() / 1000);

/** What customers do in WhatsApp, as an agent sees it in a real browser, and what he can do about it. */
describe('a WhatsApp conversation in the console', () => {
  let database: TestDatabase;
  let graph: GraphStandIn;
  let server: TestServer;
  let sink: SmtpSink;
  let admin: ApiClient;
  let browser: Browser;
  let visitor: Visitor;
  let channelId: string;

  beforeAll(async () => {
    database = await freshDatabase();
    graph = await GraphStandIn.start();
    sink = await SmtpSink.start();
    server = await startServer({ databaseUrl: database.url, env: { WHATSAPP_GRAPH_URL: graph.url } });
    admin = await signInAdmin(server);
    await admin.patch('/me', { locale: 'en' }, agentSchema);
    const { phoneNumberId, businessAccountId, accessToken, appSecret } = graph.account;
    const cloud = { phoneNumberId, businessAccountId, accessToken, appSecret, verifyToken: 'a-verify-token' };
    channelId = (await admin.createChannel({ kind: 'whatsapp', name: 'WhatsApp', config: { cloud } })).id;
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    await admin.createChannel({
      kind: 'email',
      name: 'Surel',
      config: { address: 'halo@toko.example', smtp },
    });
    browser = await openBrowser();
    visitor = await signedIn(browser, server);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await sink.stop();
    await graph.stop();
    await database.drop();
  });

  async function told(value: WebhookValue): Promise<void> {
    const body = webhookBody(graph.account, [value]);
    const answer = await fetch(`${server.url}/api/v1/channels/${channelId}/webhook`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': sign(body, graph.account.appSecret),
      },
      body: new Uint8Array(body),
    });
    expect(answer.status).toBe(200);
  }
  const says = (person: typeof dewi, ...messages: unknown[]): Promise<void> =>
    told({ contacts: [contact(person)], messages });
  const opened = async (person: typeof dewi): Promise<{ id: string; number: number }> =>
    (await until(async () => (await listCases(admin)).find((one) => one.customer.name === person.name)))!;
  const show = async (number: number): Promise<void> => {
    await visitor.page.goto(`/inbox/all/${String(number)}`);
    await visitor.page.getByRole('region', { name: 'Timeline' }).getByRole('article').first().waitFor();
  };

  it('pictures, voice notes, edits, reactions and what is taken back show as they come', async () => {
    const { page } = visitor;
    const at = seconds() - 600;
    await says(dewi, textMessage(dewi, wamid('1'), 'mug saya retak, jam 3 saya pergi', at));
    const { id, number } = await opened(dewi);
    await show(number);

    const image = { id: graph.hold({ bytes: picture, mediaType: 'image/png' }), mime_type: 'image/png' };
    const voice = await readFile(new URL('support/voice-note.ogg', import.meta.url));
    const note = graph.hold({ bytes: voice, mediaType: 'audio/ogg' });
    await says(dewi, message(dewi, wamid('2'), at + 60, 'image', { ...image, caption: 'ini retaknya' }));
    await page.getByRole('button', { name: 'Enlarge image.png' }).waitFor();
    await says(
      dewi,
      message(dewi, wamid('3'), at + 120, 'audio', {
        id: note,
        mime_type: 'audio/ogg; codecs=opus',
        voice: true,
      }),
    );
    await page.getByRole('button', { name: 'Enlarge image.png' }).click();
    const viewer = page.getByRole('dialog', { name: 'Photos' });
    expect(await loaded(viewer.getByRole('img', { name: 'ini retaknya' }))).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'hidden' });

    const player = page.getByRole('group', { name: 'Voice note, 0:08' });
    await player.getByRole('slider').focus();
    await page.keyboard.press('End');
    await player.getByText('0:08').waitFor();
    await page.keyboard.press('Home');
    await player.getByRole('button', { name: 'Play' }).click();
    await player.getByRole('button', { name: 'Pause' }).click();
    const reached = await page.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
    expect(reached).toBeGreaterThan(0);

    const edited = { type: 'text', text: { body: 'mug saya retak, jam 4 saya pergi' } };
    await says(
      dewi,
      message(dewi, wamid('4'), at + 180, 'edit', { original_message_id: wamid('1'), message: edited }),
    );
    await messageOf(page, 'jam 4 saya pergi').getByRole('button', { name: 'edited' }).click();
    const versions = page.getByRole('dialog').filter({ hasText: 'Versions of this message' });
    await versions.getByText('jam 3 saya pergi').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await says(dewi, textMessage(dewi, wamid('5'), 'titip satpam saja', at + 240));
    await messageOf(page, 'titip satpam saja').waitFor();
    await says(dewi, message(dewi, wamid('6'), at + 250, 'revoke', { original_message_id: wamid('5') }));
    const taken = messageOf(page, 'The customer took this message back.');
    await taken.getByRole('button', { name: 'Show what it was' }).click();
    await taken.getByText('titip satpam saja').waitFor();

    await composer(page).fill('Kami ganti mugnya, Bu.');
    await page.keyboard.press('Control+Enter');
    const sent = messageOf(page, 'Kami ganti mugnya');
    await sent.getByRole('img', { name: 'Sent', exact: true }).waitFor();
    const ours = graph.taken.at(-1)?.wamid ?? '';
    const read = (state: string): unknown => status(ours, state, seconds(), { recipient: dewi.waId });
    await told({ statuses: [read('delivered'), read('read')] });
    await sent.getByRole('img', { name: 'Read', exact: true }).waitFor();
    await says(dewi, message(dewi, wamid('7'), seconds(), 'reaction', { message_id: ours, emoji: '🙏' }));
    await sent.getByRole('img', { name: `🙏 ${dewi.name}` }).waitFor();
    const { items } = await admin.get(`/cases/${id}/timeline`, timelinePageSchema);
    expect(items.filter((item) => item.type === 'message')).toHaveLength(5);
  }, 60_000);

  it('a message is quoted with the keyboard alone, and a click on the quote leads to it', async () => {
    const { page } = visitor;
    const { number } = await opened(dewi);
    await show(number);
    await page.getByRole('region', { name: 'Timeline' }).focus();
    await page.keyboard.press('q');
    await page.keyboard.press('Control+ArrowUp');
    await page.getByText('Quoted message:').waitFor();
    await page.keyboard.type('Retaknya jelas terlihat.');
    await page.keyboard.press('Control+Enter');
    const sent = messageOf(page, 'Retaknya jelas terlihat.');
    await sent.getByRole('img', { name: 'Sent', exact: true }).waitFor();
    expect(graph.taken.at(-1)?.body).toMatchObject({ context: { message_id: wamid('2') } });
    await sent.getByRole('button', { name: /Go to the quoted message.*ini retaknya/ }).click();
    await until(() =>
      messageOf(page, 'ini retaknya')
        .first()
        .evaluate((element) => element === document.activeElement),
    );
    expect(visitor.errors).toEqual([]);
  }, 40_000);

  it('past the window a template goes, filled in; and the case goes on by mail', async () => {
    const { page } = visitor;
    graph.templates = [
      [
        {
          name: 'lanjut',
          language: 'id',
          status: 'APPROVED',
          category: 'UTILITY',
          components: [
            { type: 'BODY', text: 'Halo {{1}}, boleh kami lanjutkan?', example: { body_text: [['Budi']] } },
          ],
        },
      ],
    ];
    await says(hendra, textMessage(hendra, wamid('h1'), 'butuh 240 mug', seconds() - 26 * 3600));
    const { id, number } = await opened(hendra);
    const { customer } = await admin.get(`/cases/${id}`, caseSchema);
    const address = { kind: 'email', value: 'hendra@kopi.example' };
    await admin.post(`/customers/${customer.id}/identities`, address, z.unknown());
    await show(number);
    await page.getByText('The reply window of WhatsApp is closed').waitFor();
    expect(await composer(page).count()).toBe(0);

    // the key to reply leads there too, so that nothing typed after it is taken for keys of the case
    const picker = page.getByRole('dialog', { name: 'Templates' });
    await page.keyboard.press('r');
    await picker.waitFor();
    await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Choose a template' }).click();
    await picker.getByRole('button', { name: /^Send & wait/ }).click();
    await picker.getByText('Fill this in.').waitFor();
    await picker.getByRole('textbox', { name: 'Blank 1' }).fill('Pak Hendra');
    expect(await accessibilityFaults(page)).toEqual([]);
    await picker.getByRole('button', { name: /^Send & wait/ }).click();
    const sent = messageOf(page, 'Halo Pak Hendra, boleh kami lanjutkan?');
    await sent.getByRole('img', { name: 'Sent', exact: true }).waitFor();
    expect(graph.taken.at(-1)?.body).toMatchObject({ type: 'template', template: { name: 'lanjut' } });

    // it did not reach him after all
    const failed = status(graph.taken.at(-1)?.wamid ?? '', 'failed', seconds(), {
      recipient: hendra.waId,
      errorCode: 131026,
    });
    await told({ statuses: [failed] });
    await page.getByText('This number is not on WhatsApp').waitFor();
    await page.getByRole('button', { name: 'Go on by Email' }).first().click();
    expect(await composer(page).inputValue()).toBe('Halo Pak Hendra, boleh kami lanjutkan?');
    await page.keyboard.press('Control+Enter');
    await until(() => sink.mails.length > 0);

    // he writes: the box comes back by itself
    await page.getByRole('button', { name: /^Reply by Email/ }).click();
    await page.getByRole('menuitemradio', { name: /WhatsApp/ }).click();
    await page.getByText('The reply window of WhatsApp is closed').waitFor();
    await says(hendra, textMessage(hendra, wamid('h2'), 'boleh, silakan', seconds()));
    await messageOf(page, 'boleh, silakan').waitFor();
    await page.getByText(/window closes in 2[34] h/).waitFor();
    await composer(page).waitFor();
    expect(visitor.errors).toEqual([]);
  }, 60_000);

  it('a message that is only a file says in the list what it is', async () => {
    const { page } = visitor;
    const agus = { waId: '6281377788899', name: 'Agus Setiawan' };
    const bytes = await readFile(new URL('support/voice-note.ogg', import.meta.url));
    const id = graph.hold({ bytes, mediaType: 'audio/ogg' });
    await says(
      agus,
      message(agus, wamid('g1'), seconds(), 'audio', {
        id,
        mime_type: 'audio/ogg; codecs=opus',
        voice: true,
      }),
    );
    const { number } = await opened(agus);
    await show(number);
    await caseRow(page, /Agus Setiawan.*Voice note/s).waitFor();
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByRole('group', { name: /^Voice note/ })
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  }, 30_000);
});

async function loaded(image: Locator): Promise<boolean> {
  await image.waitFor();
  return until(() =>
    image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth > 0),
  );
}
