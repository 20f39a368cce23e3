import type { VisitorToken } from '@loket/contracts/visitors.js';
import { Refusal, type Rest } from '../api/rest.js';
import type { Shelf } from './shelf.js';
import { alone } from './tabs.js';

/** `takenAt`: milliseconds since 1970, by this browser's clock. */
type KeptToken = VisitorToken & { takenAt: number };

/** Who this browser is to the server: one token for all tabs, renewed in time, by one tab at a time. */
export class Session {
  /** signed by the host site, if it says who the visitor is */
  identity: string | null = null;

  constructor(
    private readonly rest: Rest,
    private readonly shelf: Shelf,
    private readonly lock: string,
    private readonly changed: (who: 'same' | 'other') => void,
  ) {}

  get known(): KeptToken | null {
    try {
      return JSON.parse(this.shelf.get('token') ?? 'null') as KeptToken | null;
    } catch {
      return null;
    }
  }

  /**
   * A token that the server should take.
   *
   * @param refused the one that it has just refused, if any
   */
  async token(refused: string | null = null): Promise<string> {
    const known = this.known;
    if (known && known.token !== refused && fresh(known)) return known.token;
    return alone(this.lock, async () => {
      // another tab may have been quicker
      const now = this.known;
      if (now && now.token !== (refused ?? known?.token)) return now.token;
      return this.issue(now);
    });
  }

  /** Does something with a token, and once more with a new one when it was refused for the token. */
  async use<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.token();
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'token') throw error;
      return work(await this.token(token));
    }
  }

  /** A token that came another way: a signed identity led to somebody else. */
  take(token: VisitorToken): void {
    const before = this.known;
    this.shelf.set('token', JSON.stringify({ ...token, takenAt: Date.now() }));
    this.changed(before && before.visitorId !== token.visitorId ? 'other' : 'same');
  }

  forget(): void {
    this.shelf.set('token', null);
    this.changed('other');
  }

  private async issue(known: VisitorToken | null): Promise<string> {
    const { identity } = this;
    const request = {
      identity: identity ?? undefined,
      consentAt: this.shelf.get('consentAt') ?? undefined,
    };
    let token: VisitorToken;
    try {
      token = await this.rest.token(known?.token ?? null, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === 'token' && known) {
        // nobody knows it any more: begin anew
        token = await this.rest.token(null, request);
      } else if (error.code === 'not_proven' && identity) {
        // a signature that does not hold is no reason to be without a chat
        token = await this.rest.token(known?.token ?? null, { ...request, identity: undefined });
      } else throw error;
    }
    this.take(token);
    return token.token;
  }
}

/** A clock that was put back makes it stale, too. */
function fresh({ takenAt, renewIn }: KeptToken): boolean {
  const age = Date.now() - takenAt;
  return age >= 0 && age < renewIn * 1000;
}
