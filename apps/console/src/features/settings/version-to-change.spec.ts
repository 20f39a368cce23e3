import { describe, expect, it } from '@jest/globals';
import { ingressOnlyCapabilities, type Channel } from '@loket/contracts/channels.js';
import { versionToChange } from './version-to-change.js';

const base: Channel = {
  id: '01a1ffcc-87c9-73ac-806a-5df9afb3eb92',
  kind: 'email',
  name: 'Toko',
  address: 'halo@toko.id',
  enabled: true,
  config: { address: 'halo@toko.id', imap: { host: 'a', port: 993 } },
  capabilities: ingressOnlyCapabilities,
  status: 'connected',
  statusCode: null,
  statusDetail: null,
  statusAt: '2026-11-21T00:00:00Z',
  version: 3,
  createdAt: '2026-11-21T00:00:00Z',
};
const reordered = { imap: { port: 993, host: 'a' }, address: 'halo@toko.id' };

describe('versionToChange', () => {
  it.each<[string, Partial<Channel>, number]>([
    ['nothing happened', {}, 3],
    ['somebody switched it off', { enabled: false, version: 4 }, 4],
    ['the same settings came back in another order', { config: reordered, version: 4 }, 4],
    ['somebody changed the settings', { config: { ...reordered, address: 'cs@toko.id' }, version: 4 }, 3],
    ['somebody renamed it', { name: 'Grosir', version: 4 }, 3],
  ])('%s', (_, change, version) => {
    expect(versionToChange(base, { ...base, ...change })).toBe(version);
  });

  it('is none for a new channel', () => {
    expect(versionToChange(undefined, undefined)).toBeUndefined();
  });
});
