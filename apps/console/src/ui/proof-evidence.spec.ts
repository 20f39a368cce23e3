import { describe, expect, it } from '@jest/globals';
import type { TFunction } from 'i18next';
import { proofEvidence } from './proof-evidence.js';

const t = ((key: string, data?: object) =>
  `${key.split('.').at(-1)}${data ? JSON.stringify(data) : ''}`) as unknown as TFunction;

describe('proofEvidence', () => {
  it.each([
    ['dmarc=pass by mx.example.com', 'pass{"method":"DMARC"} · by{"server":"mx.example.com"}'],
    ['dmarc=fail by mx.example.com', 'fail{"method":"DMARC"} · by{"server":"mx.example.com"}'],
    ['dkim=pass d=x.id by mx', 'pass{"method":"DKIM"} · signer{"signer":"d=x.id"} · by{"server":"mx"}'],
    ['dmarc=none by mx', 'dmarc=none by mx'],
    ['confirmed by an agent', 'confirmed by an agent'],
  ])('%s', (line, words) => {
    expect(proofEvidence(t, line)).toBe(words);
  });
});
