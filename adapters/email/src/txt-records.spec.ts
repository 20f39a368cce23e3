import { beforeEach, describe, expect, it } from '@jest/globals';
import { zone } from '../../../test/support/dkim.js';
import { TxtRecords, type TxtResolver } from './txt-records.js';

const silent = { code: 'ETIMEOUT' };
let now = 0;
beforeEach(() => {
  now = 1_800_000_000_000;
});
const records = (resolver: TxtResolver): TxtRecords =>
  new TxtRecords({ resolver, now: () => now, waitMs: 50 });
const later = (minutes: number): void => {
  now += minutes * 60_000 + 1;
};
const names = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `s._domainkey.toko${String(i)}.example`);

describe('TxtRecords', () => {
  it('joins the strings of a record and asks once for what it knows', async () => {
    const dns = zone({ 'a.example': 'x'.repeat(600) });
    const txt = records(dns);
    const answers = await Promise.all([txt.get('a.example'), txt.get('a.example')]);
    expect(answers).toEqual(Array(2).fill({ status: 'found', records: ['x'.repeat(600)] }));
    later(14);
    await txt.get('a.example');
    expect(dns.asked).toEqual(['a.example']);
    later(1);
    await txt.get('a.example');
    expect(dns.asked).toHaveLength(2);
  });

  it.each([
    ['ENOTFOUND', 'none', 5],
    ['ENODATA', 'none', 5],
    ['ESERVFAIL', 'unknown', 1],
    ['EREFUSED', 'unknown', 1],
    ['ETIMEOUT', 'unknown', 1],
    ['ECONNREFUSED', 'unknown', 1],
  ])('%s means %s, for %i minutes', async (code, status, minutes) => {
    const dns = zone({ 'a.example': { code } });
    const txt = records(dns);
    expect(await txt.get('a.example')).toEqual({ status });
    now += minutes * 60_000 - 1;
    await txt.get('a.example');
    expect(dns.asked).toEqual(['a.example']);
    later(0);
    await txt.get('a.example');
    expect(dns.asked).toEqual(['a.example', 'a.example']);
  });

  it('waits no longer than told for a resolver that says nothing', async () => {
    const txt = records({ resolveTxt: () => new Promise(() => undefined) });
    const began = performance.now();
    expect(await txt.get('a.example')).toEqual({ status: 'unknown' });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('stops asking where there is no DNS, looks again after minutes with one question', async () => {
    const asked: string[] = [];
    let works = false;
    const txt = records({
      resolveTxt: (name) => {
        asked.push(name);
        return works ? Promise.resolve([['v=DKIM1']]) : Promise.reject(Object.assign(new Error(), silent));
      },
    });
    for (const name of names(50)) expect(await txt.get(name)).toEqual({ status: 'unknown' });
    expect(asked).toEqual([...names(3), 'com']);

    later(3);
    await Promise.all(names(50).map((name) => txt.get(name)));
    expect(asked).toEqual([...names(3), 'com', names(1)[0], 'com']);

    works = true;
    later(3);
    expect(await txt.get('s._domainkey.toko9.example')).toEqual({ status: 'found', records: ['v=DKIM1'] });
    expect(await txt.get('s._domainkey.toko8.example')).toEqual({ status: 'found', records: ['v=DKIM1'] });
  });

  it('keeps what it knows while nothing is asked', async () => {
    const dns = zone({ 'a.example': 'v=DKIM1', ...Object.fromEntries(names(3).map((n) => [n, silent])) });
    const txt = records({
      resolveTxt: (n) => (n === 'com' ? Promise.reject(new Error()) : dns.resolveTxt(n)),
    });
    await txt.get('a.example');
    for (const name of names(3)) await txt.get(name);
    expect(await txt.get('b.example')).toEqual({ status: 'unknown' });
    expect(await txt.get('a.example')).toMatchObject({ status: 'found' });
  });

  it('is not talked out of asking by domains whose servers are silent', async () => {
    const dead = Object.fromEntries(names(30).map((name) => [name, silent]));
    const dns = zone({ ...dead, 'a.example': 'v=DKIM1' });
    const txt = records(dns);
    await Promise.all(names(30).map((name) => txt.get(name)));
    expect(await txt.get('a.example')).toMatchObject({ status: 'found' });
  });

  it('leaves a silent domain alone for a minute, whatever is asked about it', async () => {
    const dns = zone({ 'a._domainkey.toko.example': silent, 'b._domainkey.toko.example': 'v=DKIM1' });
    const txt = records(dns);
    await txt.get('a._domainkey.toko.example');
    expect(await txt.get('b._domainkey.toko.example')).toEqual({ status: 'unknown' });
    later(1);
    expect(await txt.get('b._domainkey.toko.example')).toMatchObject({ status: 'found' });
  });
});
