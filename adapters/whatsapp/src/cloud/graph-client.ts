import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';

export interface GraphOptions {
  /** where the Graph API answers; another one only for tests and proxies */
  baseUrl?: string;
  version?: string;
  /** milliseconds for a call that carries JSON */
  callMs?: number;
  /** milliseconds for a file, either way */
  fileMs?: number;
}
const defaults = {
  baseUrl: 'https://graph.facebook.com',
  version: 'v23.0',
  callMs: 20_000,
  fileMs: 120_000,
} satisfies Required<GraphOptions>;

/** Bytes of an answer that is not a file. */
const maxAnswerBytes = 4_000_000;

/** The Graph API said no. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    /** Meta's own number; null when the answer had none */
    readonly graphCode: number | null,
    /** Meta's words, for people */
    readonly detail: string,
    readonly retryAfterMs: number | null,
  ) {
    super('the Graph API refused a call');
    this.name = 'GraphError';
  }
}

/** There was no answer that could be read. `left`: the request may have arrived all the same. */
export class GraphSilence extends Error {
  constructor(
    readonly left: boolean,
    readonly detail: string,
    cause: unknown,
  ) {
    super('the Graph API did not answer', { cause });
    this.name = 'GraphSilence';
  }
}

/** What a file is too large for. */
export class TooLarge extends Error {}

export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE';
  /** below the version, with leading slash */
  path: string;
  token: string;
  query?: Record<string, string>;
  json?: unknown;
  form?: FormData;
}

export interface Download {
  /** ends with `TooLarge` when more comes than allowed */
  body: Readable;
  /** bytes, as announced */
  size: number | null;
}

/** Hosts where Meta keeps media; the token goes to no other one. */
const mediaHosts = /(^|\.)(facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net)$/;

/**
 * The only way out of the Cloud driver: time limits, size limits, no redirects, the token for Meta's hosts alone.
 */
export class GraphClient {
  private readonly options: Required<GraphOptions>;
  private readonly base: URL;

  constructor(options: GraphOptions = {}) {
    this.options = { ...defaults, ...options };
    this.base = new URL(this.options.baseUrl);
  }

  /**
   * @returns the answer's JSON
   * @throws GraphError, GraphSilence
   */
  async call({ method, path, token, query, json, form }: GraphCall): Promise<unknown> {
    const url = new URL(`${this.base.pathname.replace(/\/$/, '')}/${this.options.version}${path}`, this.base);
    for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, value);
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' };
    if (json !== undefined) headers['content-type'] = 'application/json';
    const body = form ?? (json === undefined ? null : JSON.stringify(json));
    const limitMs = form ? this.options.fileMs : this.options.callMs;
    const response = await this.fetch(url, { method, headers, body }, limitMs);
    const answer = parseJson(await answerText(response));
    if (!response.ok) throw refusal(response, answer);
    // An answer that makes no sense tells nothing of what was done.
    if (answer === undefined) throw new GraphSilence(true, 'the answer is not JSON', null);
    return answer;
  }

  /**
   * @param url as the Graph API gave it
   * @throws GraphError, GraphSilence, TooLarge
   */
  async download(url: string, token: string, maxBytes: number): Promise<Download> {
    const target = this.trusted(url);
    const response = await this.fetch(
      target,
      { method: 'GET', headers: { authorization: `Bearer ${token}` }, body: null },
      this.options.fileMs,
    );
    if (!response.ok) throw refusal(response, parseJson(await answerText(response)));
    const announced = Number(response.headers.get('content-length') ?? Number.NaN);
    const size = Number.isSafeInteger(announced) ? announced : null;
    if (size !== null && size > maxBytes) {
      await response.body?.cancel();
      throw new TooLarge();
    }
    return { body: Readable.from(limited(response, maxBytes)), size };
  }

  private trusted(url: string): URL {
    const target = URL.canParse(url) ? new URL(url) : null;
    const own = target?.origin === this.base.origin;
    const metas = target?.protocol === 'https:' && mediaHosts.test(target.hostname);
    if (!target || !(own || metas))
      throw new GraphError(200, null, 'media stands on a host that is not Meta’s', null);
    return target;
  }

  private async fetch(
    url: URL,
    init: { method: string; headers: Record<string, string>; body: string | FormData | null },
    limitMs: number,
  ): Promise<Response> {
    try {
      return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(limitMs) });
    } catch (error) {
      throw silence(error);
    }
  }
}

async function* limited(response: Response, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks(response)) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new TooLarge();
    yield chunk;
  }
}

async function* chunks(response: Response): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  try {
    yield* response.body as unknown as ReadableStream<Uint8Array>;
  } catch (error) {
    throw silence(error);
  }
}

async function answerText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  try {
    for await (const part of limited(response, maxAnswerBytes)) parts.push(part);
  } catch (error) {
    if (!response.ok) return '';
    throw error instanceof TooLarge ? new GraphSilence(true, 'the answer is too long', error) : error;
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const refusalSchema = z.looseObject({
  error: z.looseObject({
    code: z.number().int().optional(),
    message: z.string().optional(),
    error_data: z.looseObject({ details: z.string().optional() }).optional(),
  }),
});

function refusal(response: Response, answer: unknown): GraphError {
  const error = refusalSchema.safeParse(answer).data?.error;
  const words = error?.error_data?.details ?? error?.message ?? `HTTP ${String(response.status)}`;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = seconds > 0 && seconds < 86_400 ? Math.round(seconds * 1000) : null;
  return new GraphError(response.status, error?.code ?? null, oneLine(words), retryAfterMs);
}

/** Nothing of a request has left before there is a connection (Node, OpenSSL and undici's own codes). */
const beforeConnection =
  /^(ECONNREFUSED|ENOTFOUND|EAI_.*|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|ERR_TLS_.*|ERR_SSL_.*|EPROTO)$/;

function silence(error: unknown): GraphSilence {
  const codes = [...causes(error)];
  const left = !codes.some((code) => beforeConnection.test(code));
  return new GraphSilence(left, oneLine(codes.join(' ') || String(error)), error);
}

function* causes(error: unknown, depth = 0): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > 5) return;
  const { code, cause, errors } = error as Record<string, unknown>;
  if (typeof code === 'string') yield code;
  yield* causes(cause, depth + 1);
  // one for each address that was tried
  if (Array.isArray(errors)) for (const inner of errors) yield* causes(inner, depth + 1);
}

function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, 500);
}
