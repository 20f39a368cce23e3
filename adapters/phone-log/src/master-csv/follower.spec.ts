import { randomUUID } from 'node:crypto';
import {
  appendFile,
  copyFile,
  mkdtemp,
  readFile,
  rename,
  rm,
  truncate,
  unlink,
  utimes,
  writeFile,
  stat,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingHost } from '@loket/channel/recording-host.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { PhoneLogAdapter } from '../adapter.js';
import { cdrLine, uniqueIdOf } from './cdr-lines.fixture.js';
import { CsvFollower } from './follower.js';

const timing = { pollMs: 4, settleMs: 12, graceMs: 8, retry: { minMs: 3, maxMs: 20 } };
let folder = '';
let path = '';
let channel: ChannelRef;
let open: CsvFollower[] = [];
const adapter = new PhoneLogAdapter();

/** A host that can be killed: from then on nothing that is under way there leaves a trace. */
class MortalHost extends RecordingHost {
  dead = false;

  constructor(before: MortalHost | null = null) {
    super(adapter);
    if (before === null) return;
    for (const [key, value] of before.savedCursors) this.savedCursors.set(key, value);
    this.messages.push(...before.messages);
    this.quarantined.push(...before.quarantined);
  }

  override receive(...args: Parameters<RecordingHost['receive']>): ReturnType<RecordingHost['receive']> {
    return this.dead ? Promise.reject(new Error('killed')) : super.receive(...args);
  }

  override saveCursor(...args: Parameters<RecordingHost['saveCursor']>): Promise<void> {
    return this.dead ? Promise.reject(new Error('killed')) : super.saveCursor(...args);
  }
}

const follow = (host: RecordingHost, importExisting = false, settleMs = timing.settleMs): CsvFollower => {
  const follower = CsvFollower.open(channel, { path, timeZone: 'Asia/Jakarta', importExisting }, host, {
    ...timing,
    settleMs,
  });
  open.push(follower);
  return follower;
};
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (holds: () => boolean, what: string, patience = 20_000): Promise<void> => {
  for (const end = Date.now() + patience; !holds(); await sleep(4))
    if (Date.now() > end) throw new Error(`did not come true: ${what}`);
};
const connected = (host: RecordingHost): Promise<void> =>
  until(() => host.statuses.some(({ status }) => status === 'connected'), 'connected');
const write = (...indexes: number[]): Promise<void> =>
  appendFile(path, indexes.map((index) => `${cdrLine(index)}\n`).join(''));
const taken = (host: RecordingHost): number[] =>
  host.messages.map(({ externalId }) => Number(externalId.split('.')[1])).sort((a, b) => a - b);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);
const has = (host: RecordingHost, count: number): Promise<void> =>
  until(() => host.messages.length >= count, `${count} calls, not ${host.messages.length}`);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-csv-'));
  path = join(folder, 'Master.csv');
  channel = { id: randomUUID(), kind: 'phone', name: 'Sentral', version: 1, config: {} };
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((follower) => follower.close()));
  await rm(folder, { recursive: true, force: true });
});

describe('following Master.csv', () => {
  it('begins at its end, and with the line that is being written', async () => {
    await write(...range(1, 50));
    await appendFile(path, cdrLine(51).slice(0, 40));
    const host = new RecordingHost(adapter);
    follow(host);
    await connected(host);
    await appendFile(path, `${cdrLine(51).slice(40)}\n`);
    await write(52);
    await has(host, 2);
    expect(taken(host)).toEqual([51, 52]);
  });

  it('begins at its start where that is wanted, past a heading', async () => {
    await writeFile(path, 'accountcode,src,dst,dcontext,clid\n');
    await write(...range(1, 3));
    const host = new RecordingHost(adapter);
    follow(host, true);
    await has(host, 3);
    expect([taken(host), host.quarantined]).toEqual([[1, 2, 3], []]);
  });

  it('waits for a file that is not there yet, and takes it from its start', async () => {
    const host = new RecordingHost(adapter);
    follow(host);
    await until(() => host.statuses.some(({ code }) => code === 'csv_missing'), 'missing');
    await write(1, 2);
    await has(host, 2);
    await until(() => host.statuses.at(-1)?.status === 'connected', 'connected');
  });

  it('takes lines that come in pieces, with line ends and quotes in their cells', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    follow(host);
    await connected(host);
    const line = `${cdrLine(1, { clid: '"PT ""Maju""\nTbk" <08123456789>', lastdata: 'a,b' })}\r\n`;
    for (const piece of line.match(/[\s\S]{1,37}/g) ?? []) {
      await appendFile(path, piece);
      await sleep(6);
    }
    await has(host, 1);
    expect(host.messages[0]).toMatchObject({ sender: { value: '08123456789' }, call: { agent: '201' } });
    const raw = await host.blobs.read(host.messages[0]?.raw?.sha256 ?? '');
    expect(raw.toString()).toContain('PT ');
  });

  it('puts away what is no call record, with the line, and goes on', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    follow(host);
    await connected(host);
    const bad = [
      'apa ini?',
      `"tidak ditutup,${cdrLine(7)}`,
      'x'.repeat(200_000),
      cdrLine(8).replace('2026-11', '2026-99'),
    ];
    await write(1);
    await appendFile(path, bad.map((line) => `${line}\n`).join(''));
    await appendFile(
      path,
      Buffer.from(`${cdrLine(2, { clid: '"Caf\u00e9 \u0093X\u0094" <0812>' })}\n\n`, 'latin1'),
    );
    await write(3);
    await has(host, 3);
    await until(() => host.quarantined.length === 4, 'four put away');
    expect(host.quarantined.map(({ code }) => code).sort()).toEqual([
      'cdr_quotes',
      'cdr_unreadable',
      'cdr_unreadable',
      'line_too_long',
    ]);
    const lines = await Promise.all(
      host.quarantined.map(async ({ raw }) => (await host.blobs.read(raw?.sha256 ?? '')).toString('latin1')),
    );
    expect(lines.map((line) => line.slice(0, 8)).sort()).toEqual(bad.map((line) => line.slice(0, 8)).sort());
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(66_000);
    expect(host.messages.find(({ externalId }) => externalId === uniqueIdOf(2))?.sender.name).toBe(
      'Café “X”',
    );
  });

  it('makes one call of its legs, and none of what our telephones say to each other', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    follow(host, false, 250);
    await connected(host);
    const legs = [201, 202, 203].map((desk) =>
      cdrLine(5, { lastapp: 'Queue', lastdata: '800,t', dstchannel: `PJSIP/${desk}-0000001c` }),
    );
    await appendFile(
      path,
      `${legs[0]}\n${cdrLine(6, { src: '201', dst: '202', channel: 'PJSIP/201-00000020' })}\n`,
    );
    await appendFile(
      path,
      `${legs[1]}\n${legs[2]}\n${cdrLine(7, { src: '201', dst: '08199999', channel: 'PJSIP/201-00000020' })}\n`,
    );
    await until(() => host.messages.length === 1 && host.events.length === 1, 'one in, one out');
    await sleep(40);
    expect(host.messages).toMatchObject([
      { externalId: uniqueIdOf(5), call: { agent: '203', talkSeconds: 60, queue: '800' } },
    ]);
    expect(host.events).toMatchObject([{ type: 'sent_elsewhere', to: { value: '08199999' } }]);
    expect(host.attempts).toBe(2);
  });

  it('moves its cursor only behind what core has taken', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    follow(host);
    await connected(host);
    host.hold();
    await write(1, 2, 3);
    await until(() => host.attempts > 0, 'handed over');
    await sleep(50);
    expect(JSON.stringify([...host.savedCursors.values()])).toContain('"offset":0');
    host.release();
    const size = (await stat(path)).size;
    await until(
      () => JSON.stringify([...host.savedCursors.values()]).includes(`"offset":${size}`),
      'settled',
    );
  });
});

/** What logrotate does; the newest older file is `.1`. */
const rotations: Record<string, () => Promise<void>> = {
  'rename and create': async () => {
    await shift();
    await rename(path, `${path}.1`);
    await writeFile(path, '', { flag: 'a' });
  },
  'rename, created by the next call': async () => {
    await shift();
    await rename(path, `${path}.1`);
  },
  'copy and truncate': async () => {
    await shift();
    await copyFile(path, `${path}.1`);
    await truncate(path);
  },
  'rename, then compress': async () => {
    await shift('.gz');
    await rename(path, `${path}.1`);
    await writeFile(path, '', { flag: 'a' });
    await compress(`${path}.1`);
  },
  'copy, truncate and compress': async () => {
    await shift('.gz');
    await copyFile(path, `${path}.1`);
    await truncate(path);
    await compress(`${path}.1`);
  },
  'rename by date': async () => {
    await rename(path, `${path}-${String(20260000 + (rotated += 1))}`);
    await writeFile(path, '', { flag: 'a' });
  },
};
let rotated = 0;
const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
async function shift(suffix = ''): Promise<void> {
  for (let number = 60; number > 0; number -= 1) {
    if (await exists(`${path}.${number}${suffix}`))
      await rename(`${path}.${number}${suffix}`, `${path}.${number + 1}${suffix}`);
  }
}
async function compress(file: string): Promise<void> {
  const { atime, mtime } = await stat(file);
  await writeFile(`${file}.gz`, gzipSync(await readFile(file)));
  await utimes(`${file}.gz`, atime, mtime);
  await unlink(file);
}

describe.each(Object.entries(rotations))('rotation by %s', (name, rotate) => {
  it('loses no line and takes none twice, while calls are written and the follower is killed', async () => {
    await writeFile(path, '');
    let host = new MortalHost();
    follow(host);
    await connected(host);
    const total = 2400;
    let written = 0;
    const truncates = name.includes('runcate');
    while (written < total) {
      const some = range(written + 1, Math.min(total, written + 1 + ((written * 7) % 40)));
      // a line in two pieces now and then, but never over a rotation by copying, where the writer itself would cut it
      if (some.length % 5 === 0) {
        const text = some.map((index) => `${cdrLine(index)}\n`).join('');
        await appendFile(path, text.slice(0, -60));
        await sleep(3);
        await appendFile(path, text.slice(-60));
      } else await write(...some);
      written += some.length;
      if (written % 3 === 0) await sleep(2);
      if (written % 11 === 0) {
        await rotate();
        // what is written between the copy and the truncation is lost to everyone
        if (truncates) await sleep(1);
      }
      if (written % 13 === 0) {
        host.dead = true;
        void open.at(-1)?.close();
        host = new MortalHost(host);
        follow(host);
      }
    }
    await until(() => host.messages.length >= total, `all calls (${name})`);
    await sleep(60);
    expect(taken(host)).toEqual(range(1, total));
    expect(host.quarantined).toEqual([]);
    expect(host.blobsMissing).toEqual([]);
  }, 60_000);

  it('several times while the follower is away', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    const first = follow(host);
    await connected(host);
    await write(...range(1, 10));
    await has(host, 10);
    await first.close();
    const attempts = host.attempts;
    for (let round = 1; round <= 3; round += 1) {
      await write(...range(round * 10 + 1, round * 10 + 10));
      await sleep(3);
      await rotate();
    }
    await write(...range(41, 45));
    follow(host);
    await has(host, 45);
    await sleep(40);
    expect(taken(host)).toEqual(range(1, 45));
    // known again by its first bytes: nothing that was settled is even handed over again
    expect(host.attempts - attempts).toBe(35);
  });

  it('while nothing of it was read, or core is away', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    follow(host);
    await connected(host);
    host.failWith();
    await write(...range(1, 5));
    await rotate();
    await sleep(20);
    await write(...range(6, 10));
    await sleep(20);
    await rotate();
    await write(11);
    host.recover();
    await has(host, 11);
    expect(taken(host)).toEqual(range(1, 11));
  });
});

describe('after the worst', () => {
  it('an older file that is gone costs its lines only', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    const first = follow(host);
    await connected(host);
    await write(1, 2);
    await has(host, 2);
    await first.close();
    await unlink(path);
    await write(3, 4);
    follow(host);
    await has(host, 4);
    expect(taken(host)).toEqual([1, 2, 3, 4]);
  });

  it('an older file that is broken is told, and what is newer comes in', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    const first = follow(host);
    await connected(host);
    await write(1);
    await has(host, 1);
    await first.close();
    await rename(path, `${path}.2`);
    await sleep(3);
    await writeFile(`${path}.1.gz`, gzipSync(Buffer.from(`${cdrLine(2)}\n`.repeat(100))).subarray(0, 60));
    await sleep(3);
    await write(3);
    follow(host);
    await until(() => taken(host).includes(3), 'the newer call');
    expect(host.quarantined).toMatchObject([
      { code: 'csv_archive_unreadable', glimpse: { subject: `${path}.1.gz` } },
    ]);
  });

  it('a file that is emptied without a copy is read from its start', async () => {
    await writeFile(path, '');
    const host = new RecordingHost(adapter);
    follow(host);
    await connected(host);
    await write(...range(1, 20));
    await has(host, 20);
    await writeFile(path, `${cdrLine(21)}\n`);
    await has(host, 21);
    await writeFile(
      path,
      range(22, 60)
        .map((index) => `${cdrLine(index)}\n`)
        .join(''),
    );
    await has(host, 60);
    expect(taken(host)).toEqual(range(1, 60));
  });
});
