import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const gzipped = promisify(gzip);

/** From this size it is worth the time, in characters: the live board of many people, long lists of cases. */
const leastLength = 50_000;

/**
 * Long JSON goes out compressed, a tenth of its size. Files and the console's own are left alone: they are compressed
 * already, or are asked for in parts.
 */
export function compressLargeAnswers(instance: FastifyInstance): void {
  instance.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < leastLength) return payload;
    if (!String(reply.getHeader('content-type')).startsWith('application/json')) return payload;
    void reply.header('vary', 'accept-encoding');
    if (reply.hasHeader('content-encoding') || !takesGzip(request.headers['accept-encoding'])) return payload;
    const small = await gzipped(payload, { level: 1 });
    void reply.header('content-encoding', 'gzip').removeHeader('content-length');
    return small;
  });
}

function takesGzip(accepted: string | string[] | undefined): boolean {
  const named = /\bgzip\b(?:\s*;\s*q=([\d.]+))?/.exec(String(accepted ?? ''));
  return named !== null && Number(named[1] ?? 1) > 0;
}
