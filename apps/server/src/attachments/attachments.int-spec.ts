import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { timelineNoteSchema, type Attachment, type Upload, uploadSchema } from '@loket/contracts/cases.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { ApiClient } from '../../../../test/support/client.js';
import { createToken, signIn } from '../../../../test/support/people.js';

let server: TestApp;
let agent: ApiClient;
let caseId: string;
let originalId: string;
beforeAll(async () => {
  server = await startApp();
  agent = await signIn(server, 'agent');
  const channel = await server.admin.createChannel({ kind: 'email', name: 'Surel' });
  const raw = `From: a@b.example\r\nSubject: <script>alert(1)</script>\r\nMessage-ID: <1@b.example>\r\n\r\nhalo\r\n`;
  const result = await server.admin.ingest(channel.id, {
    externalId: '1@b.example',
    sender: { kind: 'email', value: 'a@b.example' },
    sentAt: new Date().toISOString(),
    text: raw,
  });
  caseId = result.caseId ?? '';
  originalId = result.messageId ?? '';
});
afterAll(() => server.close());

const url = (path: string): string => `${server.url}/api/v1${path}`;
const headers = (): Record<string, string> => ({ cookie: agent.cookieHeader() });

function form(bytes: Uint8Array<ArrayBuffer> | string, name: string, type: string): FormData {
  const data = new FormData();
  data.append('file', new Blob([bytes], { type }), name);
  return data;
}
const post = (body: BodyInit, more: Record<string, string> = {}): Promise<Response> =>
  fetch(url('/attachments'), { method: 'POST', headers: { ...headers(), ...more }, body });

async function upload(bytes: Uint8Array<ArrayBuffer> | string, name: string, type: string): Promise<Upload> {
  const answer = await post(form(bytes, name, type));
  expect(answer.status).toBe(201);
  return uploadSchema.parse(await answer.json());
}
async function attach(file: Upload): Promise<Attachment> {
  const body = { text: 'lihat lampiran', attachments: [file] };
  const note = await agent.post(`/cases/${caseId}/notes`, body, timelineNoteSchema);
  return note.attachments[0]!;
}

describe('an uploaded file', () => {
  it('comes back byte for byte, under a name that misleads nobody', async () => {
    const bytes = randomBytes(300_000);
    const file = await upload(bytes, '../../etc/\u202efdp.nota "asli".pdf', 'application/pdf');
    expect(file).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: 300_000,
      name: 'fdp.nota "asli".pdf',
      mediaType: 'application/pdf',
    });
    const attachment = await attach(file);
    const answer = await fetch(`${server.url}${attachment.url}`, { headers: headers() });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '300000',
      'content-disposition': `attachment; filename="fdp.nota _asli_.pdf"; filename*=UTF-8''fdp.nota%20%22asli%22.pdf`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    });
  });

  it.each([
    ['foto.png', 'image/png', 'inline', 'image/png'],
    ['voice.ogg', 'audio/ogg; codecs=opus', 'inline', 'audio/ogg'],
    ['video.mp4', 'video/mp4', 'inline', 'video/mp4'],
    ['a.svg', 'image/svg+xml', 'attachment', 'application/octet-stream'],
    ['a.html', 'text/html', 'attachment', 'application/octet-stream'],
    ['a.xhtml', 'application/xhtml+xml', 'attachment', 'application/octet-stream'],
    ['a.js', 'text/javascript', 'attachment', 'application/octet-stream'],
    ['a.txt', 'text/plain', 'attachment', 'text/plain'],
    ['x', 'tidak ada', 'attachment', 'application/octet-stream'],
  ])('%s of type %s is sent as %s %s, in a sandbox', async (name, type, disposition, sentAs) => {
    const attachment = await attach(await upload('<script>alert(1)</script>', name, type));
    const answer = await fetch(`${server.url}${attachment.url}`, { headers: headers() });
    expect(answer.headers.get('content-type')).toBe(sentAs);
    expect(answer.headers.get('content-disposition')).toMatch(new RegExp(`^${disposition};`));
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox;/);
    await answer.arrayBuffer();
  });

  it('is sent in parts, so that players can seek', async () => {
    const bytes = randomBytes(200_000);
    const attachment = await attach(await upload(bytes, 'voice.ogg', 'audio/ogg'));
    const ask = (more: Record<string, string>): Promise<Response> =>
      fetch(`${server.url}${attachment.url}`, { headers: { ...headers(), ...more } });
    const whole = await ask({});
    const etag = whole.headers.get('etag') ?? '';
    expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, 'bytes']);
    await whole.arrayBuffer();
    const cases: [string, Record<string, string>, number, Buffer, string | null][] = [
      ['the middle', { range: 'bytes=1000-1999' }, 206, bytes.subarray(1000, 2000), 'bytes 1000-1999/200000'],
      ['the end', { range: 'bytes=-5' }, 206, bytes.subarray(-5), 'bytes 199995-199999/200000'],
      ['from a place', { range: 'bytes=199990-' }, 206, bytes.subarray(-10), 'bytes 199990-199999/200000'],
      [
        'the same file',
        { range: 'bytes=0-0', 'if-range': etag },
        206,
        bytes.subarray(0, 1),
        'bytes 0-0/200000',
      ],
      ['another file', { range: 'bytes=0-0', 'if-range': '"x"' }, 200, bytes, null],
      ['behind the end', { range: 'bytes=200000-' }, 416, Buffer.alloc(0), 'bytes */200000'],
      ['what it has already', { 'if-none-match': etag }, 304, Buffer.alloc(0), null],
    ];
    for (const [what, asked, status, expected, range] of cases) {
      const answer = await ask(asked);
      const got = Buffer.from(await answer.arrayBuffer());
      expect([what, answer.status, answer.headers.get('content-range')]).toEqual([what, status, range]);
      expect([what, got.equals(expected)]).toEqual([what, true]);
    }
  });

  it('has an address that routes take, however long its name', async () => {
    const attachment = await attach(await upload('x', `${'發票'.repeat(100)}.pdf`, 'application/pdf'));
    const answer = await fetch(`${server.url}${attachment.url}`, { headers: headers() });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  });

  it('is for those who work here', async () => {
    const attachment = await attach(await upload('rahasia', 'r.txt', 'text/plain'));
    const token = await createToken(server, agent, 'inbound');
    const attempts: [Record<string, string>, number][] = [
      [{}, 401],
      [{ authorization: `Bearer ${token}` }, 403],
    ];
    for (const [credentials, status] of attempts) {
      const answer = await fetch(`${server.url}${attachment.url}`, { headers: credentials });
      expect(answer.status).toBe(status);
      expect(await answer.text()).not.toContain('rahasia');
    }
  });
});

describe('an upload', () => {
  it('of more than 25 MB is refused and not kept', async () => {
    const answer = await post(form(new Uint8Array(25_000_001), 'besar.bin', 'application/octet-stream'));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'file_too_large' });
  });

  it.each([
    ['JSON', '{}', 'application/json', 400, 'file_missing'],
    ['no boundary', 'x', 'multipart/form-data', 400, 'malformed_upload'],
    [
      'no file',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n',
      'multipart/form-data; boundary=b',
      400,
      'file_missing',
    ],
    ['an empty form', '--b--\r\n', 'multipart/form-data; boundary=b', 400, 'file_missing'],
  ])('that is %s is refused', async (_, body, type, status, code) => {
    const answer = await post(body, { 'content-type': type });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
  });

  it('that breaks off is not kept, and the server goes on', async () => {
    await new Promise<void>((resolve) => {
      const request = httpRequest(url('/attachments'), {
        method: 'POST',
        headers: {
          ...headers(),
          'content-type': 'multipart/form-data; boundary=b',
          'content-length': 1_000_000,
        },
      });
      request.on('error', () => resolve());
      request.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf');
      setTimeout(() => request.destroy(), 100);
    });
    await upload('whole', 'b.txt', 'text/plain');
  });
});

describe('the original of a message', () => {
  it('is said to be missing when none is kept', async () => {
    const answer = await fetch(url(`/messages/${originalId}/raw`), { headers: headers() });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'raw_not_found' });
  });
});
