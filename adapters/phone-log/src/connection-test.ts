import { open } from 'node:fs/promises';
import { z } from 'zod';
import { phoneConfigSchema, type PhoneConfig } from '@loket/contracts/calls.js';
import type { ConnectionReport, ConnectionStep } from '@loket/contracts/channels.js';
import { decodeLine } from './csv/decode-line.js';
import { RecordSplitter } from './csv/record-splitter.js';
import { readCdrLine } from './master-csv/cdr-line.js';
import { csvFault } from './master-csv/csv-fault.js';
import { mayRead } from './master-csv/may-read.js';

type Found = Pick<ConnectionStep, 'code' | 'detail' | 'data'>;

/** how much of the end of the file is looked at */
const sampleBytes = 65_536;

/** Tries what can be tried: that the file may be read and is what Asterisk writes, that calls of the webhook can be told. */
export async function testPhone(
  settings: Record<string, unknown>,
  folders: readonly string[] | undefined,
): Promise<ConnectionReport> {
  const parsed = phoneConfigSchema.safeParse(settings);
  if (!parsed.success) {
    const detail = z.prettifyError(parsed.error).slice(0, 1000);
    return reportOf([
      await step('phone_settings', () => Promise.resolve({ code: 'config_invalid', detail })),
    ]);
  }
  const { masterCsv, webhook } = parsed.data;
  const steps: ConnectionStep[] = [];
  if (masterCsv) {
    let sample = '';
    const opened = await step('phone_csv_open', async () => {
      if (!(await mayRead(masterCsv.path, folders))) return { code: 'csv_not_allowed', detail: null };
      sample = await sampleOf(masterCsv.path);
      return { code: null, detail: null };
    });
    steps.push(opened);
    if (opened.ok)
      steps.push(await step('phone_csv_format', () => Promise.resolve(formatOf(sample, masterCsv))));
  }
  if (webhook) {
    const code = webhook.secret === undefined || webhook.secret === '' ? 'webhook_secret_missing' : null;
    steps.push(await step('phone_webhook', () => Promise.resolve({ code, detail: null })));
  }
  if (steps.length === 0)
    steps.push(
      await step('phone_settings', () => Promise.resolve({ code: 'nothing_to_test', detail: null })),
    );
  return reportOf(steps);
}

/** The last whole lines of the file. */
async function sampleOf(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - sampleBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, from);
    const text = buffer.subarray(0, bytesRead).toString('latin1');
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await handle.close();
  }
}

function formatOf(sample: string, { timeZone }: NonNullable<PhoneConfig['masterCsv']>): Found {
  const splitter = new RecordSplitter(',');
  const lines = splitter.push(sample).filter(({ text }) => text.trim() !== '');
  const legs = lines
    .map(({ text }) => readCdrLine(decodeLine(text).text, timeZone))
    .filter((leg) => leg !== null);
  const [last] = legs.slice(-1);
  const data = {
    lines: lines.length,
    readable: legs.length,
    ...(last && {
      format: last.format,
      uniqueId: last.uniqueId !== null,
      linkedId: last.linkedId !== null,
      lastCall: new Date(last.start).toISOString(),
    }),
  };
  // a file without calls is what a new exchange has
  const wrong = lines.length > 0 && legs.length < lines.length / 2;
  return { code: wrong ? 'csv_format_unknown' : null, detail: null, data };
}

async function step(name: string, run: () => Promise<Found>): Promise<ConnectionStep> {
  const began = performance.now();
  const found = await run().catch((error: unknown) => csvFault(error));
  const ms = Math.round(performance.now() - began);
  return { step: name, ok: found.code === null, ms, ...found };
}

function reportOf(steps: ConnectionStep[]): ConnectionReport {
  return { ok: steps.every(({ ok }) => ok), steps };
}
