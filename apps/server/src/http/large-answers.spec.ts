import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import { compressLargeAnswers } from './large-answers.js';

const many = { items: Array.from({ length: 6_000 }, (_, n) => `kasus ${String(n)} 🙂`) };
const instance = Fastify();
compressLargeAnswers(instance);
instance.get('/many', () => many);
instance.get('/few', () => ({ items: [1] }));
instance.get('/page', (_, reply) => reply.type('text/plain').send('x'.repeat(60_000)));

let origin: string;
beforeAll(async () => {
  origin = await instance.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => instance.close());

/** As it comes over the wire: `fetch` would undo it, and ask for it by itself. */
const ask = (path: string, accepted?: string) =>
  new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
    request(`${origin}${path}`, { headers, agent: false }, (answer) => {
      buffer(answer).then((body) => resolve({ headers: answer.headers, body }), reject);
    })
      .on('error', reject)
      .end();
  });

describe('a long answer', () => {
  it('goes out compressed to whoever takes it so', async () => {
    const { headers, body } = await ask('/many', 'deflate, gzip, br');
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(headers['content-length']).toBe(String(body.length));
    expect(JSON.parse(gunzipSync(body).toString())).toEqual(many);
    expect(body.length).toBeLessThan(JSON.stringify(many).length / 3);
  });

  it.each([
    ['/many', undefined],
    ['/many', 'br'],
    ['/many', 'gzip;q=0, br'],
    ['/few', 'gzip'],
    ['/page', 'gzip'],
  ])('%s is left as it is for %s', async (url, accepted) => {
    const { headers, body } = await ask(url, accepted);
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-length']).toBe(String(body.length));
  });
});
