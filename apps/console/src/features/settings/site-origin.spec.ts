import { describe, expect, it } from '@jest/globals';
import { originSchema } from '@loket/contracts/webchat-config.js';
import { missingTwins, siteOf, sitesOf } from './site-origin.js';

describe('a site that may show the chat', () => {
  it.each([
    ['https://toko.example', 'https://toko.example'],
    ['  https://Toko.Example/  ', 'https://toko.example'],
    ['https://toko.example/kontak?dari=iklan#bawah', 'https://toko.example'],
    ['toko.example', 'https://toko.example'],
    ['toko.example:8443/kontak', 'https://toko.example:8443'],
    ['https://toko.example:443', 'https://toko.example'],
    ['http://toko.example', 'http://toko.example'],
    ['localhost:5173', 'http://localhost:5173'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['https://kafé.example', 'https://xn--kaf-dma.example'],
  ])('%s is %s', (typed, site) => {
    expect(siteOf(typed)).toBe(site);
    expect(originSchema.safeParse(site).success).toBe(true);
  });

  it.each([
    ...['', '   ', '*', '*.toko.example', 'https://*.toko.example', 'toko', 'toko saya.example'],
    ...['ftp://toko.example', 'javascript://toko.example', 'https://nama:sandi@toko.example'],
    ...['file:///etc/hosts', 'https://toko_saya.example', 'https://[::1]:3000', 'https://'],
  ])('"%s" is none', (typed) => {
    expect(siteOf(typed)).toBeNull();
  });

  it('stands there once, and what is none is kept to be said', () => {
    const typed = ['toko.example', 'https://toko.example/', '*.toko.example', ' '];
    expect(sitesOf(typed)).toEqual(['https://toko.example', '*.toko.example']);
  });

  it.each([
    [['https://toko.example'], ['https://www.toko.example']],
    [['https://www.toko.co.id'], ['https://toko.co.id']],
    [['https://toko.example', 'https://www.toko.example'], []],
    [['https://halo.toko.example', 'http://localhost:5173', 'http://10.0.0.1', '*.x'], []],
  ])('of %j, people also mean %j', (sites, twins) => {
    expect(missingTwins(sites)).toEqual(twins);
  });
});
