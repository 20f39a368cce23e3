import { ImapFlow } from 'imapflow';
import type { ImapConfig } from '@loket/contracts/channels.js';

export interface ImapTimeouts {
  /** name look-up, TCP and TLS together */
  connectMs: number;
  greetingMs: number;
  /** silence in the middle of a command */
  silenceMs: number;
}

export const defaultImapTimeouts: ImapTimeouts = {
  connectMs: 20_000,
  greetingMs: 15_000,
  silenceMs: 120_000,
};

/**
 * A client that is not connected yet. It always has an `error` listener: imapflow emits errors of its socket at any
 * time, and an emitter without a listener ends the process (imapflow#302). Failures reach us a second way, by the
 * command that was under way or by the `close` event.
 */
export function newImapClient(config: ImapConfig, timeouts: ImapTimeouts = defaultImapTimeouts): ImapFlow {
  const client = new ImapFlow({
    host: config.host,
    port: config.port,
    secure: config.security === 'tls',
    // Never silently in clear text: `starttls` fails when the server does not offer it.
    doSTARTTLS: config.security === 'tls' ? undefined : config.security === 'starttls',
    auth: { user: config.user, pass: config.password ?? '' },
    tls: { rejectUnauthorized: !config.allowInvalidCertificate },
    clientInfo: { name: 'Loket' },
    logger: false,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    // IDLE starts this long after our last command. The default of 15 s would be 15 s of deafness after each sweep.
    autoIdleDelay: 150,
    // Below the half hour after which servers hang up, and below what NAT boxes forget.
    maxIdleTime: 4 * 60_000,
    maxLiteralSize: 128 * 1024 * 1024,
    maxResponseSize: 256 * 1024 * 1024,
  });
  client.on('error', () => undefined);
  return client;
}

/** Says goodbye, but does not wait for an answer that may never come. Never throws. */
export async function hangUp(client: ImapFlow, patienceMs = 1000): Promise<void> {
  if (client.usable) {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs).unref());
    await Promise.race([client.logout().catch(() => undefined), patience]);
  }
  client.close();
}
