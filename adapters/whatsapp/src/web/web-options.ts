import type { Backoff } from './backoff.js';

export interface WebOptions {
  /** folder that sessions keep their profiles below, one each */
  dataDir: string;
  chromiumPath: string;
  chromiumArgs: readonly string[];
  /** sessions at a time; each takes up to 1 GB (docs/whatsapp.md) */
  maxSessions: number;
  /** milliseconds between two looks at whether a session lives; two without an answer are too many */
  heartbeatMs: number;
  /** until it shows a code or is connected */
  startMs: number;
  /** until it is synchronised, once connected */
  syncMs: number;
  /** that a code is shown to nobody */
  pairingMs: number;
  qrRefreshMs: number;
  stopMs: number;
  /** for one message of words, and for one with files */
  sendMs: number;
  sendFileMs: number;
  mediaMs: number;
  maxMediaBytes: number;
  backoff: Backoff;
  /** milliseconds before a message goes out, as a person would take them */
  pauseMs(text: string): number;
}

export const defaultWebOptions: Omit<WebOptions, 'dataDir' | 'chromiumPath'> = {
  chromiumArgs: [],
  maxSessions: 10,
  heartbeatMs: 30_000,
  startMs: 120_000,
  syncMs: 300_000,
  pairingMs: 600_000,
  qrRefreshMs: 60_000,
  stopMs: 8000,
  sendMs: 30_000,
  sendFileMs: 120_000,
  mediaMs: 60_000,
  maxMediaBytes: 25_000_000,
  backoff: { minMs: 5000, maxMs: 300_000 },
  pauseMs: (text) => 600 + Math.random() * 1200 + Math.min(text.length * 15, 4000) * Math.random(),
};
