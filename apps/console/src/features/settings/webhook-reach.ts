/** Whether Meta can call an address: `local` = no machine outside reaches it, `http` = Meta calls https alone. */
export type Reach = 'ok' | 'local' | 'http';

/** @param origin as the console was opened, e.g. `http://localhost:3000` */
export function reachOf(origin: string): Reach {
  const { protocol, hostname } = new URL(origin);
  if (isLocal(hostname.replace(/^\[|\]$/g, ''))) return 'local';
  return protocol === 'https:' ? 'ok' : 'http';
}

/** Loopback, private and link-local addresses (RFC 1918, 3927, 4193, 6761, 6762), and names without a domain. */
function isLocal(host: string): boolean {
  if (host.includes(':')) return /^(::1?$|f[cd]|fe[89ab])/i.test(host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host))
    return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host);
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa|test)$/i.test(host);
}
