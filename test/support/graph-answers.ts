import type { ServerResponse } from 'node:http';
import type { SentBody } from './graph-shapes.js';

/**
 * What goes wrong with the next calls. `drop`: the connection is cut before anything was read; `drop_after`: the call is
 * carried out and the connection cut before the answer; `silent_after`: carried out and never answered.
 */
export type GraphTrouble =
  | { error: number; status?: number; details?: string; retryAfter?: number }
  | { status: number; text: string }
  | { cut: 'drop' | 'drop_after' | 'silent_after' };

export interface Answer {
  status: number;
  json?: unknown;
  bytes?: Buffer;
  headers?: Record<string, string>;
}

/** The file that a message refers to. */
export function mediaIdOf(sent: SentBody): string | null {
  switch (sent.type) {
    case 'image':
      return sent.image.id;
    case 'video':
      return sent.video.id;
    case 'audio':
      return sent.audio.id;
    case 'document':
      return sent.document.id;
    case 'text':
    case 'template':
      return null;
  }
}

/** Meta's way of saying no. */
export function refuse({
  error,
  status = error >= 1 && error <= 2 ? 500 : 400,
  details = 'refused',
  retryAfter,
}: Extract<GraphTrouble, { error: number }>): Answer {
  const json = {
    error: {
      message: `(#${String(error)}) refused`,
      type: 'OAuthException',
      code: error,
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'trace',
    },
  };
  return {
    status,
    json,
    ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
  };
}

export function reply(response: ServerResponse, { status, json, bytes, headers = {} }: Answer): void {
  const type = json === undefined ? {} : { 'content-type': 'application/json; charset=UTF-8' };
  response.writeHead(status, { ...type, ...headers });
  response.end(json === undefined ? bytes : JSON.stringify(json));
}

export function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
