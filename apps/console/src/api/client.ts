import type { Problem } from '@loket/contracts/errors.js';

/** A problem+json answer (RFC 9457), or the lack of any answer (`status` 0, code `offline`). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** stable; `errorText` has a sentence for it */
    readonly code: string,
    readonly detail: string,
    readonly issues: NonNullable<Problem['issues']> = [],
    readonly data: unknown = undefined,
  ) {
    super(detail || code);
    this.name = 'ApiError';
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** sent as JSON; a FormData goes as it is */
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** goes out even when the page is being left */
  keepalive?: boolean;
  /** the answer holds a live secret: no cache of the browser may keep it */
  secret?: boolean;
}

const listeners = new Set<() => void>();

/** Called whenever the server no longer knows the session. @returns unsubscribe */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function apiUrl(path: string, query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text && `?${text}`}`;
}

/**
 * One call of the API. `T` is the contract type of the answer; 204 gives undefined.
 * @throws ApiError for every answer that is not 2xx, and when there is none
 */
export async function api<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, query, signal, keepalive = false, secret = false } = options;
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      keepalive,
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
      ...(secret && { cache: 'no-store' }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'offline', '');
  }
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  const json = parse(text);
  if (response.ok) return json as T;
  if (response.status === 401 && path !== '/session') for (const listener of listeners) listener();
  throw toError(response.status, json);
}

function parse(text: string): unknown {
  try {
    return text ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}

function toError(status: number, json: unknown): ApiError {
  if (typeof json === 'object' && json !== null && 'code' in json && typeof json.code === 'string') {
    const problem = json as Problem;
    return new ApiError(status, problem.code, problem.detail ?? '', problem.issues ?? [], problem.data);
  }
  return new ApiError(status, status >= 500 ? 'unavailable' : 'unexpected_answer', '');
}
