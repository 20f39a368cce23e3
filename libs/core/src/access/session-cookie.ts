import { absoluteMs } from './sessions.service.js';

const name = 'loket_session';

/** The session's secret out of a Cookie header, or null. */
export function sessionSecret(cookieHeader: string | undefined): string | null {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name && value !== undefined && /^[\w-]{43}$/.test(value)) return value;
  }
  return null;
}

/**
 * Set-Cookie value. The cookie lives as long as a session can; when it really ends is decided here, not by the browser.
 * @param secret null takes the cookie away
 */
export function sessionCookie(secret: string | null, secure: boolean): string {
  const maxAge = secret === null ? 0 : absoluteMs / 1000;
  return `${name}=${secret ?? ''}; Path=/; Max-Age=${String(maxAge)}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
