import {
  createdTokenSchema,
  type CreateToken,
  type Scope,
  type Session,
  sessionSchema,
} from '@loket/contracts/access.js';
import { type Channel, channelSchema, type createChannelSchema } from '@loket/contracts/channels.js';
import { type Problem, problemSchema } from '@loket/contracts/errors.js';
import { type inboundJsonSchema, type IntakeResult, intakeResultSchema } from '@loket/contracts/inbound.js';
import { z } from 'zod';

/** An answer of 4xx or 5xx, checked against the contract of errors. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(`${String(status)} ${problem.code}: ${problem.detail}`);
    this.name = 'ApiError';
  }
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The REST interface as somebody else's script would use it. Answers are checked against the contracts. */
export class ApiClient {
  private readonly cookies = new Map<string, string>();

  /** @param url of the server, without path */
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  async signIn(email: string, password: string): Promise<Session> {
    return this.post('/session', { email, password }, sessionSchema);
  }

  /** A second client that carries a new token of these scopes. */
  async createToken(scopes: Scope[], name = 'test'): Promise<ApiClient> {
    const body: CreateToken = { name, scopes };
    const { token } = await this.post('/tokens', body, createdTokenSchema);
    return new ApiClient(this.url, token);
  }

  async createChannel(channel: z.input<typeof createChannelSchema>): Promise<Channel> {
    return this.post('/channels', channel, channelSchema);
  }

  /** Hands in a raw mail, as a mail server would. */
  async ingestRaw(
    channelId: string,
    raw: string | Uint8Array<ArrayBuffer>,
    options: RequestOptions = {},
  ): Promise<IntakeResult> {
    const headers = { 'content-type': 'message/rfc822', ...options.headers };
    const answer = await this.send('POST', `/channels/${channelId}/inbound`, { ...options, headers }, raw);
    return intakeResultSchema.parse(await answer.json());
  }

  /** Hands in a message that is normalised already. */
  async ingest(
    channelId: string,
    message: z.input<typeof inboundJsonSchema>,
    options: RequestOptions = {},
  ): Promise<IntakeResult> {
    return this.post(`/channels/${channelId}/inbound`, message, intakeResultSchema, options);
  }

  get<T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> {
    return this.call('GET', path, schema, {});
  }

  post<T extends z.ZodType>(
    path: string,
    body: unknown,
    schema: T,
    options: RequestOptions = {},
  ): Promise<z.output<T>> {
    return this.call('POST', path, schema, { ...options, body });
  }

  put<T extends z.ZodType>(path: string, body: unknown, schema: T): Promise<z.output<T>> {
    return this.call('PUT', path, schema, { body });
  }

  patch<T extends z.ZodType>(path: string, body: unknown, schema: T): Promise<z.output<T>> {
    return this.call('PATCH', path, schema, { body });
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path, {});
  }

  /** The session's cookies as a browser context or a socket takes them. */
  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /**
   * One request; `path` stands below /api/v1.
   *
   * @throws ApiError on 4xx and 5xx
   */
  async send(
    method: string,
    path: string,
    { body, headers = {}, signal }: RequestOptions,
    bytes?: string | Uint8Array<ArrayBuffer>,
  ): Promise<Response> {
    const cookie = this.cookieHeader();
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
      body: bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
      signal,
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    if (!response.ok) throw new ApiError(response.status, problemSchema.parse(await response.json()));
    return response;
  }

  private async call<T extends z.ZodType>(
    method: string,
    path: string,
    schema: T,
    options: RequestOptions,
  ): Promise<z.output<T>> {
    const response = await this.send(method, path, options);
    return schema.parse(await response.json());
  }
}
