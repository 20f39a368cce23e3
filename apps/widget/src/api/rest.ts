import { visitorErrors, type VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import type {
  VisitorConfig,
  VisitorFile,
  VisitorHistory,
  VisitorToken,
  VisitorTokenRequest,
} from '@loket/contracts/visitors.js';

/** The server could not be reached, or would not. */
export class Refusal extends Error {
  constructor(
    readonly code: VisitorErrorCode,
    /** milliseconds */
    readonly retryAfter = 0,
  ) {
    super(code);
  }

  get retry(): boolean {
    return visitorErrors[this.code].retry;
  }
}

const byStatus: Record<number, VisitorErrorCode> = {
  400: 'invalid',
  401: 'token',
  403: 'origin',
  404: 'closed',
  409: 'conflict',
  413: 'too_large',
  415: 'file_type',
  422: 'invalid',
  429: 'rate_limited',
};

/** @param body of a problem (RFC 9457); a proxy's own page has none */
export function refusalOf(status: number, body: string, retryAfter: string | null): Refusal {
  let code = byStatus[status] ?? 'unavailable';
  try {
    const problem = JSON.parse(body) as { code?: string };
    if (problem.code && Object.hasOwn(visitorErrors, problem.code)) code = problem.code as VisitorErrorCode;
  } catch {
    // the status has to do
  }
  return new Refusal(code, (Number(retryAfter) || 0) * 1000);
}

/** REST part of the contract (libs/contracts/src/visitors.ts). Every call throws a Refusal. */
export class Rest {
  private readonly base: string;

  constructor(
    readonly server: string,
    channelId: string,
  ) {
    this.base = `${server}/api/v1/visitors/${channelId}`;
  }

  config(): Promise<VisitorConfig> {
    return this.call('config', null);
  }

  token(old: string | null, request: VisitorTokenRequest): Promise<VisitorToken> {
    return this.call('token', old, JSON.stringify(request));
  }

  history(token: string, cursor: string | null): Promise<VisitorHistory> {
    return this.call(cursor ? `messages?cursor=${encodeURIComponent(cursor)}` : 'messages', token);
  }

  /** @param progress told the share that has gone, 0 to 1 */
  upload(
    token: string,
    file: { clientId: string; blob: Blob; name: string },
    progress: (share: number) => void,
  ): Promise<VisitorFile> {
    const form = new FormData();
    form.append('clientId', file.clientId);
    form.append('file', file.blob, file.name);
    return new Promise((resolve, reject) => {
      // fetch cannot tell how much has gone
      const request = new XMLHttpRequest();
      request.open('POST', `${this.base}/files`);
      request.setRequestHeader('authorization', `Bearer ${token}`);
      request.upload.onprogress = (event) => progress(event.total > 0 ? event.loaded / event.total : 0);
      request.onerror = request.ontimeout = request.onabort = () => reject(new Refusal('unavailable'));
      request.onload = () => {
        if (request.status >= 200 && request.status < 300) {
          resolve(JSON.parse(request.responseText) as VisitorFile);
        } else {
          reject(refusalOf(request.status, request.responseText, request.getResponseHeader('retry-after')));
        }
      };
      request.timeout = 300_000;
      request.send(form);
    });
  }

  private async call<T>(path: string, token: string | null, body?: string): Promise<T> {
    const headers: Record<string, string> = {};
    if (token) headers.authorization = `Bearer ${token}`;
    if (body) headers['content-type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(`${this.base}/${path}`, {
        method: body ? 'POST' : 'GET',
        headers,
        body,
        credentials: 'omit',
        signal: AbortSignal.timeout(20_000),
      });
    } catch {
      throw new Refusal('unavailable');
    }
    if (!response.ok) {
      throw refusalOf(
        response.status,
        await response.text().catch(() => ''),
        response.headers.get('retry-after'),
      );
    }
    return (await response.json()) as T;
  }
}
