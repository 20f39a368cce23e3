import { Inject, Injectable } from '@nestjs/common';
import webPush from 'web-push';
import type { PushMessage, PushSubscription } from '@loket/contracts/push.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { isPushService } from './push-hosts.js';

const timeoutMs = 10_000;
/** seconds for which a service keeps it for a device that is off; after that it is no news */
const keepSeconds = 3_600;

/** `gone`: the browser no longer takes any · `later`: the service asks for patience, or is away · `refused`: it never will. */
export type PushOutcome = 'sent' | 'gone' | 'later' | 'refused';

/** Hands one message to the service of a browser's maker, encrypted for that browser alone (RFC 8291, 8292). */
@Injectable()
export class PushSender {
  private readonly vapid: { subject: string; publicKey: string; privateKey: string } | null;

  constructor(
    @Inject(ENV)
    private readonly env: Pick<
      ResolvedEnv,
      'LOKET_PUSH_PUBLIC_KEY' | 'LOKET_PUSH_PRIVATE_KEY' | 'LOKET_PUSH_SUBJECT' | 'LOKET_PUSH_HOSTS'
    >,
  ) {
    const {
      LOKET_PUSH_PUBLIC_KEY: publicKey,
      LOKET_PUSH_PRIVATE_KEY: privateKey,
      LOKET_PUSH_SUBJECT: subject,
    } = env;
    this.vapid = publicKey && privateKey && subject ? { subject, publicKey, privateKey } : null;
  }

  /** null: no keys are set, and nothing is ever pushed. */
  get publicKey(): string | null {
    return this.vapid?.publicKey ?? null;
  }

  takes(endpoint: string): boolean {
    return isPushService(endpoint, this.env.LOKET_PUSH_HOSTS);
  }

  async send(subscription: PushSubscription, message: PushMessage): Promise<PushOutcome> {
    if (this.vapid === null || !this.takes(subscription.endpoint)) return 'refused';
    const { method, headers, body, endpoint } = webPush.generateRequestDetails(
      subscription,
      JSON.stringify(message),
      {
        vapidDetails: this.vapid,
        TTL: keepSeconds,
        urgency: 'high',
        contentEncoding: 'aes128gcm',
        // 32 characters of base64url at most: a later one with the same topic replaces what still waits
        topic: message.tag.replaceAll('-', '').slice(0, 32),
      },
    );
    let status: number;
    try {
      const answer = await fetch(endpoint, {
        method,
        headers: headers as Record<string, string>,
        body: new Uint8Array(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = answer.status;
      await answer.body?.cancel();
    } catch {
      return 'later';
    }
    if (status >= 200 && status < 300) return 'sent';
    if (status === 404 || status === 410) return 'gone';
    return status === 429 || status >= 500 ? 'later' : 'refused';
  }
}
