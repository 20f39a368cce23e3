import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import {
  caseSchema,
  timelineMessageSchema,
  timelinePageSchema,
  uploadSchema,
} from '@loket/contracts/cases.js';
import { channelSchema } from '@loket/contracts/channels.js';
import { heldReplySchema } from '@loket/contracts/held-replies.js';
import { type OutboundPreview, outboundPreviewSchema } from '@loket/contracts/outbound.js';
import { signatureListSchema } from '@loket/contracts/signatures.js';
import { workspaceSettingsSchema } from '@loket/contracts/settings.js';
import { type ReadAddresses, simpleParser } from 'mailparser';
import { z } from 'zod';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import type { ApiClient } from '../../../../test/support/client.js';
import { mail } from '../../../../test/support/mail.js';
import { signIn } from '../../../../test/support/people.js';
import { SmtpSink } from '../../../../test/support/smtp-sink.js';
import { until } from '../../../../test/support/until.js';

const desk = 'bantuan@kriya.example';
const text = 'Salam hangat,\n{{agent.name}}\n{{agent.title}} · {{workspace.name}}\nTel. {{agent.phone}}';
const html =
  '<p>Salam hangat,</p><p><strong>{{agent.name}}</strong></p><p>{{agent.title}} · {{workspace.name}}</p>' +
  '<p>Tel. {{agent.phone}}</p><p>Kasus {{case.number}}</p>';

let server: TestApp;
let sink: SmtpSink;
let sari: ApiClient;
let mailId: string;
let chatId: string;
beforeAll(async () => {
  [server, sink] = await Promise.all([startApp(), SmtpSink.start()]);
  sari = await signIn(server, 'agent', 'Sari Dewi');
  await sari.patch('/me', { title: ' Layanan pelanggan ', phone: '' }, agentSchema);
  await server.admin.patch('/settings/workspace', { name: 'Toko Kriya' }, workspaceSettingsSchema);
  mailId = (
    await server.admin.createChannel({ kind: 'email', name: 'Surel', config: config({ text, html }) })
  ).id;
  chatId = (await server.admin.createChannel({ kind: 'webchat', name: 'Situs', config: {} })).id;
});
afterAll(async () => {
  await Promise.all([server.close(), sink.stop()]);
});

function config(signature?: { text: string; html?: string }) {
  return {
    address: desk,
    displayName: 'Toko Kriya',
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none' as const },
    ...(signature && { signature }),
  };
}

let count = 0;
async function opened(over: Parameters<typeof mail>[0] = {}): Promise<{ caseId: string; number: number }> {
  const from = `Budi <budi-${String(++count)}@pembeli.example>`;
  const raw = mail({ from, to: desk, subject: 'Mug retak', text: 'Mug pesanan saya retak.', ...over });
  const { caseId, caseNumber } = await server.admin.ingestRaw(mailId, raw);
  return { caseId: caseId ?? '', number: caseNumber ?? 0 };
}
/** The mail of this answer, as its reader gets it. */
async function arrived(messageId: string) {
  const { raw } = await until(
    () => Promise.resolve(sink.mails.find((one) => one.raw.includes(messageId))),
    (found) => found !== undefined,
  ).then((found) => found ?? { raw: '' });
  return { raw, parsed: await simpleParser(raw) };
}
const send = (caseId: string, body: object) =>
  sari.post(`/cases/${caseId}/messages`, body, timelineMessageSchema);
const preview = (caseId: string, body: object): Promise<OutboundPreview> =>
  sari.post(`/cases/${caseId}/messages/preview`, body, outboundPreviewSchema);
const people = (of: ReadAddresses | undefined) =>
  of?.value.map(({ name, address }) => ({ name, address })) ?? [];
const copied = (of: unknown) => people(of as ReadAddresses | undefined);

describe('a signature', () => {
  it('goes below an answer in plain text after its mark, and makes HTML of its looks', async () => {
    const { caseId, number } = await opened();
    const said = await send(caseId, { text: 'Kami kirim gantinya.\nMohon tunggu <2> hari.' });
    expect(said).toMatchObject({
      text: 'Kami kirim gantinya.\nMohon tunggu <2> hari.',
      signature: `Salam hangat,\nSari Dewi\nLayanan pelanggan · Toko Kriya`,
    });
    const { parsed } = await arrived(said.id);
    expect(parsed.text?.trim()).toBe(
      'Kami kirim gantinya.\nMohon tunggu <2> hari.\n\n-- \nSalam hangat,\nSari Dewi\nLayanan pelanggan · Toko Kriya',
    );
    expect(parsed.html).toContain('<p>Kami kirim gantinya.<br>Mohon tunggu &lt;2&gt; hari.</p>');
    expect(parsed.html).toContain(`<strong>Sari Dewi</strong>`);
    expect(parsed.html).toContain(`Kasus #${String(number)}`);
    expect(parsed.html).not.toMatch(/\{\{|Tel\./);
    const { preview: line } = await sari.get(`/cases/${caseId}`, caseSchema);
    expect(line).toBe('Kami kirim gantinya. Mohon tunggu <2> hari.');
  });

  it('leaves chats alone', async () => {
    const { caseId } = await server.admin.ingest(chatId, {
      externalId: 'c1@x.example',
      sender: { kind: 'visitor', value: 'v-1', name: 'Ani', proof: 'claimed' },
      thread: { conversation: 'v-1' },
      sentAt: new Date().toISOString(),
      text: 'halo',
    });
    expect((await send(caseId ?? '', { text: 'Halo juga.' })).signature).toBeNull();
  });

  it('is that of the moment in which a held answer leaves, and of the case that it leaves from', async () => {
    const target = await opened();
    const { caseId } = await opened();
    const held = await sari.post(
      `/cases/${caseId}/held-replies`,
      { reply: { text: 'Nanti, ya.' }, sendAt: new Date(Date.now() + 3_600_000).toISOString() },
      heldReplySchema,
    );
    expect(JSON.stringify(held)).not.toContain('Salam hangat');
    await sari.post(`/cases/${caseId}/merge`, { into: target.caseId }, z.unknown());
    await sari.patch('/me', { phone: '+62 811 1000' }, agentSchema);
    await sari.send('POST', `/held-replies/${held.id}/send`, { body: {} });
    const { parsed } = await arrived(held.id);
    expect(parsed.text).toContain('Tel. +62 811 1000');
    expect(parsed.html).toContain(`Kasus #${String(target.number)}`);
    await sari.patch('/me', { phone: null }, agentSchema);
  });

  const quoting: [string, (answer: string, html: string) => { text: string; html?: string }][] = [
    [
      'Gmail',
      (answer) => ({
        text: `Baik, terima kasih.\n\nPada Sen, 2 Mar 2026 pukul 09.12 Toko Kriya <${desk}> menulis:\n\n${answer
          .split('\n')
          .map((line) => `> ${line}`)
          .join('\n')}`,
      }),
    ],
    [
      'Gmail with HTML',
      (answer, laidOut) => ({
        text: `Baik, terima kasih.\n\nPada Sen, 2 Mar 2026 pukul 09.12 Toko Kriya <${desk}> menulis:\n\n${answer
          .split('\n')
          .map((line) => `> ${line}`)
          .join('\n')}`,
        html:
          `<div dir="ltr">Baik, terima kasih.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">` +
          `Pada Sen, 2 Mar 2026 pukul 09.12 Toko Kriya &lt;${desk}&gt; menulis:<br></div>` +
          `<blockquote class="gmail_quote">${laidOut}</blockquote></div>`,
      }),
    ],
    [
      'Outlook, which marks no line',
      (answer) => ({
        text:
          `Baik, terima kasih.\n\n________________________________\nDari: Toko Kriya <${desk}>\n` +
          `Dikirim: Senin, 2 Maret 2026 09.12\nKepada: Budi\nPerihal: Re: Mug retak\n\n${answer}`,
      }),
    ],
    [
      'somebody who writes below',
      (answer) => ({
        text: `Pada Sen, 2 Mar 2026 pukul 09.12 Toko Kriya <${desk}> menulis:\n${answer
          .split('\n')
          .map((line) => `> ${line}`.trimEnd())
          .join('\n')}\n\nBaik, terima kasih.`,
      }),
    ],
  ];
  it.each(quoting)('comes back quoted and is not taken for his words: %s', async (_client, quote) => {
    await sari.patch('/me', { phone: '+62 812 3456 7890' }, agentSchema);
    const { caseId } = await opened();
    const said = await send(caseId, { text: 'Kami kirim gantinya besok.' });
    const { parsed } = await arrived(said.id);
    const from = people(parsed.to)[0]?.address ?? '';
    const answer = mail({
      from: `Budi <${from}>`,
      to: desk,
      subject: parsed.subject ?? '',
      inReplyTo: parsed.messageId ?? '',
      references: [parsed.messageId ?? ''],
      ...quote(parsed.text ?? '', parsed.html || ''),
    });
    const result = await server.admin.ingestRaw(mailId, answer);
    expect(result).toMatchObject({ status: 'accepted', caseId });
    expect(['signed_token', 'thread_reference']).toContain(result.match?.rule);
    const { items } = await sari.get(`/cases/${caseId}/timeline`, timelinePageSchema);
    const back = items.find((item) => item.id === result.messageId);
    expect(back).toMatchObject({ text: 'Baik, terima kasih.' });
    expect(back?.type === 'message' && back.quoted).toContain('Layanan pelanggan · Toko Kriya');
    // what we sign with is nobody's number but ours
    const customerId = back?.type === 'message' ? back.customerId : '';
    const customer = await sari.send('GET', `/customers/${customerId}`, {});
    expect(await customer.text()).not.toContain('81234567890');
    await sari.patch('/me', { phone: null }, agentSchema);
  });

  it('is known to every agent, with its blanks, and is gone when an admin takes it away', async () => {
    const { items } = await sari.get('/channels/signatures', signatureListSchema);
    expect(items).toEqual([{ channelId: mailId, channelName: 'Surel', text, html }]);
    await server.admin.patch(`/channels/${mailId}`, { config: config() }, channelSchema);
    const { caseId } = await opened();
    expect((await send(caseId, { text: 'Baik.' })).signature).toBeNull();
    await server.admin.patch(`/channels/${mailId}`, { config: config({ text, html }) }, channelSchema);
  });
});

describe('the preview of an answer', () => {
  const answers: [string, { text: string; html?: string }][] = [
    ['plain', { text: 'Kami kirim gantinya.' }],
    [
      'with looks',
      { text: 'Kami kirim *gantinya*.', html: '<p>Kami kirim <b>gantinya</b>.</p><script>1</script>' },
    ],
  ];
  it.each(answers)('is what goes out: %s', async (_what, words) => {
    const { caseId } = await opened({ headers: { Cc: 'Ani <ani@pembeli.example>' } });
    const form = new FormData();
    form.append('file', new File(['lunas'], 'nota.txt', { type: 'text/plain' }));
    const headers = { cookie: sari.cookieHeader() };
    const upload = await fetch(`${server.url}/api/v1/attachments`, { method: 'POST', headers, body: form });
    const file = uploadSchema.parse(await upload.json());
    const body = { ...words, attachments: [file] };
    const before = await preview(caseId, body);
    const { messageCount, version } = await sari.get(`/cases/${caseId}`, caseSchema);
    expect(messageCount).toBe(1);
    const said = await send(caseId, { ...body, version });
    const { parsed } = await arrived(said.id);
    expect(people(parsed.from)).toEqual([before.from]);
    expect(people(parsed.to)).toEqual(before.to);
    expect(copied(parsed.headers.get('cc'))).toEqual(before.cc);
    expect(parsed.subject).toBe(before.subject);
    expect(parsed.text?.trimEnd()).toBe(before.text);
    expect(parsed.html || null).toBe(before.html);
    expect(
      parsed.attachments.map(({ filename, contentType, content }) => [filename, contentType, content.length]),
    ).toEqual(before.attachments.map(({ name, mediaType, size }) => [name, mediaType, size]));
    expect(before.html).not.toContain('script');
  });

  it('is refused for what would refuse the answer, and where the channel shows nothing', async () => {
    const { caseId } = await opened();
    await expect(preview(caseId, { text: 'x', channelId: chatId })).rejects.toMatchObject({
      problem: { code: 'reply_impossible' },
    });
    await expect(preview(caseId, { text: '' })).rejects.toMatchObject({ status: 400 });
  });
});
