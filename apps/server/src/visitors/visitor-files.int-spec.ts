import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemSchema } from '@loket/contracts/errors.js';
import { type VisitorFile, visitorFileSchema } from '@loket/contracts/visitors.js';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { listCases, readMessages, reply } from '../../../../test/support/desk.js';
import { uploadSchema } from '@loket/contracts/cases.js';
import { until } from '../../../../test/support/until.js';
import { newToken, type Site, VisitorClient, visitorFetch } from '../../../../test/support/visitor.js';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let app: TestApp;
let site: Site;
beforeAll(async () => {
  app = await startApp();
  const origin = 'https://toko.example';
  const config = {
    allowedOrigins: [origin],
    files: { types: ['image/png', 'text/plain'], maxBytes: 50_000 },
  };
  const { id } = await app.admin.createChannel({ kind: 'webchat', name: 'Toko', config });
  site = { url: app.url, channelId: id, origin };
});
afterAll(() => app.close());

interface Given {
  name?: string;
  type?: string;
  clientId?: string;
}
function upload(token: string, bytes: Uint8Array, given: Given = {}): Promise<Response> {
  const { name = 'foto.png', type = 'image/png', clientId = randomUUID() } = given;
  const body = new FormData();
  body.append('clientId', clientId);
  body.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return visitorFetch(site, 'files', { method: 'POST', body, token });
}
const taken = async (answer: Response): Promise<VisitorFile> => visitorFileSchema.parse(await answer.json());

describe('files of a visitor', () => {
  it('come with a message, and open by their links only', async () => {
    const visitor = await VisitorClient.arrive(site);
    const clientId = randomUUID();
    const [file, again] = await Promise.all(
      [1, 2].map(async () => taken(await upload(visitor.token.token, png, { clientId }))),
    );
    expect(again!.id).toBe(file!.id);
    expect(await visitor.send('', { attachments: [file!.id] })).toMatchObject({ ok: true });
    const [message] = await readMessages(app.admin, (await listCases(app.admin))[0]!.id);
    expect(message!.attachments).toMatchObject([
      { name: 'foto.png', mediaType: 'image/png', size: png.length },
    ]);
    const shown = (await visitor.history())[0]!.attachments[0]!;
    const answer = await fetch(app.url + shown.url);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': expect.stringContaining('sandbox') as unknown,
    });
    const parts = shown.url.split('/');
    const other = (await taken(await upload(visitor.token.token, png))).id;
    for (const [at, value] of [
      [4, other],
      [5, String(Number(parts[5]) + 1)],
      [6, 'x'.repeat(32)],
    ] as const) {
      const forged = parts.with(at, value).join('/');
      expect((await fetch(app.url + forged)).status).toBe(404);
    }
    visitor.leave();
  });

  it('that agents send open in the chat, and what is no picture is for saving', async () => {
    const visitor = await VisitorClient.arrive(site);
    await visitor.send('Minta nota');
    const caseId = (await listCases(app.admin))[0]!.id;
    const body = new FormData();
    body.append('file', new Blob(['<b>nota</b>'], { type: 'text/html' }), 'nota.html');
    const sent = await fetch(`${app.url}/api/v1/attachments`, {
      method: 'POST',
      body,
      headers: { cookie: app.admin.cookieHeader() },
    });
    const file = uploadSchema.parse(await sent.json());
    await reply(app.admin, caseId, { text: '', attachments: [file] });
    await until(() => visitor.heard.some(({ from }) => from === 'agent'));
    const { url } = visitor.heard.at(-1)!.attachments[0]!;
    const { headers } = await fetch(app.url + url);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    visitor.leave();
  });

  it.each([
    ['a page that calls itself a picture', Buffer.from('<html><script>alert(1)</script>'), {}, 'file_type'],
    ['a picture that calls itself a text', png, { type: 'text/plain' }, 'file_type'],
    [
      'a page that calls itself a text',
      Buffer.from('<!doctype html><p>x'),
      { type: 'text/plain', name: 'a.txt' },
      'file_type',
    ],
    [
      'a drawing with a script in it',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
      { type: 'image/svg+xml' },
      'file_type',
    ],
    [
      'a type that is not among the channel’s',
      Buffer.from('%PDF-1.7 x'),
      { type: 'application/pdf' },
      'file_type',
    ],
    ['a program', Buffer.from('MZ\u0000\u0000'), { type: '' }, 'file_type'],
    ['nothing', Buffer.alloc(0), {}, 'file_type'],
    ['more than the channel takes', Buffer.concat([png, Buffer.alloc(60_000)]), {}, 'too_large'],
    ['no id of its own', png, { clientId: 'satu' }, 'invalid'],
  ] as const)('%s is refused', async (_, bytes, given, code) => {
    const { token } = await newToken(site);
    const answer = await upload(token, bytes, given);
    expect(problemSchema.parse(await answer.json()).code).toBe(code);
  });

  it('of somebody else, or of nobody, cannot be sent', async () => {
    const [one, two] = [await VisitorClient.arrive(site), await VisitorClient.arrive(site)];
    const file = await taken(await upload(one.token.token, png));
    for (const id of [file.id, randomUUID()])
      expect(await two.send('lihat', { attachments: [id] })).toEqual({ ok: false, code: 'file_unknown' });
    expect(await two.history()).toEqual([]);
    one.leave();
    two.leave();
  });

  it('have names that mislead nobody', async () => {
    const { token } = await newToken(site);
    const file = await taken(await upload(token, png, { name: '../../etc/\u202egnp.exe' }));
    expect(file.name).toBe('gnp.exe');
    expect((await fetch(app.url + file.url)).headers.get('content-type')).toBe('image/png');
  });
});
