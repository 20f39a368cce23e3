import { describe, expect, it } from '@jest/globals';
import { reachOf } from './webhook-reach.js';

describe('reachOf', () => {
  it.each([
    ['https://loket.toko.co.id', 'ok'],
    ['https://203.0.113.7:8443', 'ok'],
    ['https://[2001:db8::5]', 'ok'],
    ['http://loket.toko.co.id', 'http'],
    ['http://localhost:3000', 'local'],
    ['https://localhost', 'local'],
    ['http://127.0.0.1:3000', 'local'],
    ['http://[::1]:3000', 'local'],
    ['https://192.168.1.20', 'local'],
    ['https://172.20.0.3', 'local'],
    ['https://172.32.0.3', 'ok'],
    ['https://10.1.2.3', 'local'],
    ['https://[fd00::1]', 'local'],
    ['https://server', 'local'],
    ['https://loket.local', 'local'],
  ])('%s: %s', (origin, reach) => {
    expect(reachOf(origin)).toBe(reach);
  });
});
