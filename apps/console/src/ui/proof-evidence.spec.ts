import { describe, expect, it } from '@jest/globals';
import type { TFunction } from 'i18next';
import { proofEvidence } from './proof-evidence.js';

const t = ((key: string, data?: object) =>
  `${key.split('.').at(-1)}${data ? JSON.stringify(data) : ''}`) as unknown as TFunction;

describe('proofEvidence', () => {
  it.each([
    ['dmarc=pass by mx.example.com', 'pass{"method":"DMARC"} · by{"server":"mx.example.com"}'],
    ['dmarc=fail by mx.example.com', 'fail{"method":"DMARC"} · by{"server":"mx.example.com"}'],
    ['dkim=pass x.id by mx', 'pass{"method":"DKIM"} · signer{"signer":"x.id"} · by{"server":"mx"}'],
    ['dkim=pass d=x.id', 'pass{"method":"DKIM"} · signer{"signer":"x.id"}'],
    [
      'dkim=pass other_domain d=x.id',
      'pass{"method":"DKIM"} · other_domain{"defaultValue":"other domain"} · signer{"signer":"x.id"}',
    ],
    ['dkim=fail syntax', 'fail{"method":"DKIM"} · syntax{"defaultValue":"syntax"}'],
    ['dkim=temperror d=x.id', 'temperror{"method":"DKIM"} · signer{"signer":"x.id"}'],
    ['dmarc=temperror', 'temperror{"method":"DMARC"}'],
    ['dmarc=fail reject', 'fail{"method":"DMARC"} · reject{"defaultValue":"reject"}'],
    ['dmarc=permerror by mx', 'dmarc=permerror by mx'],
    ['whatsapp=cloud_api', 'whatsapp_cloud_api{"defaultValue":"whatsapp=cloud_api"}'],
    ['phone=caller_id', 'phone_caller_id{"defaultValue":"phone=caller_id"}'],
    ['confirmed by an agent', 'confirmed by an agent'],
  ])('%s', (line, words) => {
    expect(proofEvidence(t, line)).toBe(words);
  });
});
