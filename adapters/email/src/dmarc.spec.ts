import { describe, expect, it } from '@jest/globals';
import { readDmarc } from './dmarc.js';

describe('readDmarc', () => {
  it.each<[string[], boolean, ReturnType<typeof readDmarc>]>([
    [['v=DMARC1; p=reject'], false, { policy: 'reject', dkim: 'relaxed' }],
    [['v=DMARC1;p=Quarantine;adkim=S;'], false, { policy: 'quarantine', dkim: 'strict' }],
    [['v=DMARC1; p=none; rua=mailto:a@b.example'], false, { policy: 'none', dkim: 'relaxed' }],
    [['v=DMARC1; p=reject; sp=none'], true, { policy: 'none', dkim: 'relaxed' }],
    [['v=DMARC1; p=none; sp=reject'], true, { policy: 'reject', dkim: 'relaxed' }],
    [['v=DMARC1; p=none; sp=reject'], false, { policy: 'none', dkim: 'relaxed' }],
    [['v=DMARC1; p=reject'], true, { policy: 'reject', dkim: 'relaxed' }],
    [['v=DMARC1; p=reject; pct=50'], false, { policy: 'none', dkim: 'relaxed' }],
    [['v=DMARC1; p=reject; t=y'], false, { policy: 'none', dkim: 'relaxed' }],
    [['v=DMARC1; adkim=s'], false, { policy: 'none', dkim: 'strict' }],
    [['google-site-verification=x', 'v=DMARC1; p=reject'], false, { policy: 'reject', dkim: 'relaxed' }],
    [['v=DMARC1; p=reject', 'v=DMARC1; p=none'], false, null],
    [['v=DMARC10; p=reject'], false, null],
    [['p=reject; v=DMARC1'], false, null],
    [['v=DMARC1; p=reject; p=none'], false, null],
    [['v=spf1 -all'], false, null],
    [[], false, null],
  ])('%j, at the organisation: %s', (records, below, expected) => {
    expect(readDmarc(records, below)).toEqual(expected);
  });
});
