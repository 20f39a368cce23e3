/** Is this the address of a push service that we know? Agents name it, so it must not lead us anywhere else. */
export function isPushService(endpoint: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, host, username, password } = new URL(endpoint);
  if (username || password) return false;
  return hosts.some((known) => {
    // a stand-in for tests and development, named with its port
    if (known.startsWith('http://')) return protocol === 'http:' && host === known.slice('http://'.length);
    if (protocol !== 'https:' || host !== hostname) return false;
    return known.startsWith('.') ? hostname.endsWith(known) : hostname === known;
  });
}
