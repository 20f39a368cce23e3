import { Resolver } from 'node:dns/promises';
import { organisation } from './alignment.js';

/** The part of `node:dns/promises` that is needed; rejects with its error codes. */
export interface TxtResolver {
  resolveTxt(name: string): Promise<string[][]>;
}

/** `unknown`: DNS did not say, now; it may later. */
export type TxtAnswer = { status: 'found'; records: string[] } | { status: 'none' } | { status: 'unknown' };

export interface TxtOptions {
  resolver?: TxtResolver;
  /** milliseconds since the epoch */
  now?: () => number;
  /** milliseconds to wait for one answer, whatever the resolver does */
  waitMs?: number;
}

const minute = 60_000;
// Node does not tell how long a TXT record may be kept; these hold for any, and bound how long a revoked key counts.
const keepMs = { found: 15 * minute, none: 5 * minute, unknown: minute };
const maxKept = 5_000;
const maxRecord = 8_000;
const silencesToDoubt = 3;
const restMs = 3 * minute;
/** A name that every working resolver knows something about, and nobody who writes to us controls. */
const control = 'com';

const none: TxtAnswer = { status: 'none' };
const unknown: TxtAnswer = { status: 'unknown' };

/**
 * TXT records, kept for a while. Without DNS it waits only a few times: after some questions without an answer, and
 * a control question without one, nothing is asked for minutes. Never throws.
 */
export class TxtRecords {
  private readonly resolver: TxtResolver;
  private readonly now: () => number;
  private readonly waitMs: number;
  private readonly kept = new Map<string, { answer: TxtAnswer; until: number }>();
  private readonly asked = new Map<string, Promise<TxtAnswer>>();
  /** zones whose servers did not answer, and until when they are left alone */
  private readonly silentZones = new Map<string, number>();
  private silences = 0;
  private restsUntil = 0;
  private doubting: Promise<void> | null = null;

  constructor({ resolver, now = Date.now, waitMs = 2_000 }: TxtOptions = {}) {
    this.resolver = resolver ?? new Resolver({ timeout: 1_500, tries: 1 });
    this.now = now;
    this.waitMs = waitMs;
  }

  /** @param name in ASCII, lower case, without a dot at the end */
  async get(name: string): Promise<TxtAnswer> {
    const known = this.kept.get(name);
    if (known && known.until > this.now()) return known.answer;
    const zone = organisation(name) ?? name;
    if (this.resting() || (this.silentZones.get(zone) ?? 0) > this.now()) return unknown;
    const running = this.asked.get(name) ?? this.look(name, zone);
    this.asked.set(name, running);
    return running.finally(() => this.asked.delete(name));
  }

  private async look(name: string, zone: string): Promise<TxtAnswer> {
    const answer = await this.ask(name);
    if (answer === 'silence') {
      bounded(this.silentZones).set(zone, this.now() + keepMs.unknown);
      if (++this.silences >= silencesToDoubt) await (this.doubting ??= this.doubt());
      return unknown;
    }
    this.works();
    bounded(this.kept).set(name, { answer, until: this.now() + keepMs[answer.status] });
    return answer;
  }

  /** Domains whose servers are silent must not talk us out of asking for others. */
  private async doubt(): Promise<void> {
    if ((await this.ask(control)) === 'silence') this.restsUntil = this.now() + restMs;
    else this.works();
    this.doubting = null;
  }

  /** When the rest is over one question goes out; the others wait for what becomes of it. */
  private resting(): boolean {
    if (this.restsUntil === 0) return false;
    if (this.restsUntil > this.now()) return true;
    this.restsUntil = this.now() + this.waitMs * 2;
    return false;
  }

  private works(): void {
    this.silences = 0;
    this.restsUntil = 0;
  }

  private async ask(name: string): Promise<TxtAnswer | 'silence'> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'silence'>((resolve) => {
      timer = setTimeout(resolve, this.waitMs, 'silence');
    });
    try {
      return await Promise.race([this.question(name), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async question(name: string): Promise<TxtAnswer | 'silence'> {
    try {
      const records = (await this.resolver.resolveTxt(name))
        .slice(0, 20)
        .map((strings) => strings.join(''))
        .filter((record) => record.length <= maxRecord);
      return records.length === 0 ? none : { status: 'found', records };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code === 'ENOTFOUND' || code === 'ENODATA') return none;
      // Refused or failed is an answer too: somebody is there.
      return code === 'ESERVFAIL' || code === 'EREFUSED' || code === 'EFORMERR' || code === 'EBADNAME'
        ? unknown
        : 'silence';
    }
  }
}

/** Makes room for one more, at the cost of the oldest. */
function bounded<T>(map: Map<string, T>): Map<string, T> {
  const [oldest] = map.keys();
  if (map.size >= maxKept && oldest !== undefined) map.delete(oldest);
  return map;
}
