import type { ConnectionFault } from '@loket/contracts/mail-failures.js';

/** Codes of Node, OpenSSL, imapflow and nodemailer; the first row that matches decides, the most telling one first. */
const faultsByCode: readonly (readonly [ConnectionFault, RegExp])[] = [
  [
    'certificate_invalid',
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT.*)|CERT_.*|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA)$/,
  ],
  ['not_tls', /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST)$/],
  ['dns_failed', /^(ENOTFOUND|EAI_.*|EDNS|ENODATA|ESERVFAIL)$/],
  ['refused', /^ECONNREFUSED$/],
  ['unreachable', /^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/],
  ['timeout', /^(ETIMEDOUT|ETIMEOUT|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/],
  ['tls_failed', /^(ETLS|EPROTO|ERR_SSL_.*|ERR_TLS_.*|STARTTLS_INJECTION)$/],
  [
    'closed',
    /^(ECONNRESET|EPIPE|ECONNABORTED|ECONNECTION|EConnectionClosed|NoConnection|ClosedAfterConnect.*)$/,
  ],
];

/** @returns what broke between us and the server, or null when the server itself said no */
export function connectionFault(error: unknown): ConnectionFault | null {
  const chain = [...causes(error)];
  const codes = chain
    .flatMap(({ code, originalCode }) => [code, originalCode])
    .filter((code) => code !== undefined);
  for (const [fault, pattern] of faultsByCode) {
    if (codes.some((code) => pattern.test(code))) return fault;
  }
  return chain.some(({ tlsFailed }) => tlsFailed === true) ? 'tls_failed' : null;
}

/** The other side's words on one line, fit to be shown. */
export function oneLine(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, 500);
}

interface Coded {
  code?: string | undefined;
  originalCode?: string | undefined;
  tlsFailed?: boolean | undefined;
}

/** The error and what it wraps: libraries hide Node's error under several names. */
function* causes(error: unknown, depth = 0): Generator<Coded> {
  if (typeof error !== 'object' || error === null || depth > 5) return;
  const { code, originalCode, tlsFailed, cause, _err, errors } = error as Record<string, unknown>;
  yield {
    code: typeof code === 'string' ? code : undefined,
    originalCode: typeof originalCode === 'string' ? originalCode : undefined,
    tlsFailed: tlsFailed === true,
  };
  yield* causes(cause, depth + 1);
  yield* causes(_err, depth + 1);
  // Happy eyeballs: one error per address that was tried.
  if (Array.isArray(errors)) for (const inner of errors) yield* causes(inner, depth + 1);
}
