import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushMessage, PushSubscription } from '@loket/contracts/push.js';

export interface Pushed {
  headers: IncomingHttpHeaders;
  /** as the browser would read it */
  message: PushMessage;
  /** as it went over the wire */
  wire: Buffer;
}

/** A browser that was subscribed: only it can read what is pushed to it. */
export interface Device {
  subscription: PushSubscription;
  got: Pushed[];
}

export interface PushService {
  /** as `LOKET_PUSH_HOSTS` names it */
  host: string;
  subscribe: () => Device;
  /** what the service answers from now on; 201 unless told */
  answer: (status: number) => void;
  /** requests, also those that were not taken */
  requests: number;
  close: () => Promise<void>;
}

/** Stands in for the push service of a browser's maker: takes messages, and reads them with the device's own key. */
export async function startPushService(): Promise<PushService> {
  const devices = new Map<string, { keys: ECDH; auth: Buffer; device: Device }>();
  let status = 201;
  const service = { requests: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      service.requests++;
      const wire = Buffer.concat(chunks);
      const found = devices.get(request.url ?? '');
      if (found && status < 300)
        found.device.got.push({
          headers: request.headers,
          wire,
          message: JSON.parse(decrypt(wire, found.keys, found.auth)) as PushMessage,
        });
      response.writeHead(found ? status : 404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return Object.assign(service, {
    host,
    subscribe: () => {
      const keys = createECDH('prime256v1');
      const p256dh = keys.generateKeys().toString('base64url');
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(8).toString('hex')}`;
      const device: Device = {
        subscription: { endpoint: `${host}${path}`, keys: { p256dh, auth: auth.toString('base64url') } },
        got: [],
      };
      devices.set(path, { keys, auth, device });
      return device;
    },
    answer: (next: number) => void (status = next),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

/** RFC 8291 on RFC 8188, `aes128gcm`, one record. */
function decrypt(wire: Buffer, keys: ECDH, auth: Buffer): string {
  const salt = wire.subarray(0, 16);
  const idLength = wire[20] ?? 0;
  const sender = wire.subarray(21, 21 + idLength);
  const sealed = wire.subarray(21 + idLength);
  const shared = keys.computeSecret(sender);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const input = Buffer.from(hkdfSync('sha256', shared, auth, info, 32));
  const derive = (of: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', input, salt, Buffer.from(`Content-Encoding: ${of}\0`), length));
  const open = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  open.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}

/** Who sent it, by its VAPID header (RFC 8292); throws when the signature is not that of the key in it. */
export function vapidOf(headers: IncomingHttpHeaders): {
  key: string;
  aud: string;
  sub: string;
  exp: number;
} {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? [];
  const [head = '', body = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33, 65).toString('base64url'),
    },
  });
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!signed) throw new Error('the VAPID token is not signed with its key');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as {
    aud: string;
    sub: string;
    exp: number;
  };
  return { key, ...claims };
}
