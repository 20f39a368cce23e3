import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from './support/until.js';
import { WhatsAppDesk } from './support/whatsapp-web.js';

// LOKET_TEST_FULL=1 opens more of them and tells what each takes, for docs/whatsapp.md.
const full = process.env.LOKET_TEST_FULL === '1';
const customer = '6281234567890@c.us';

const desks: WhatsAppDesk[] = [];
beforeAll(async () => {
  for (let index = 1; index <= (full ? 4 : 2); index += 1) {
    const desk = await WhatsAppDesk.open(
      { heartbeatMs: 2000 },
      { pn: `62811000000${String(index)}`, lid: `9990${String(index)}` },
      { takeoverOnConflict: index === 2 },
    );
    desks.push(desk);
    await desk.connect();
    await desk.pair();
    if (full) report();
  }
}, 120_000);
afterAll(() => Promise.all(desks.map((desk) => desk.close())));

it('keeps accounts apart, also while one of them dies', async () => {
  const [first, ...others] = desks;
  if (!first) throw new Error('none was opened');
  first.killProcess();
  for (const desk of desks) desk.stub.receive({ from: customer, body: `for ${desk.stub.account}` });
  for (const desk of others) await desk.told(`for ${desk.stub.account}`);
  await until(() => first.reports.some(({ state }) => state === 'backoff'));
  await first.told(`for ${first.stub.account}`);
  for (const desk of desks) {
    expect(desk.messages.map(({ externalId, text }) => [externalId.split(':')[0], text])).toEqual([
      [desk.stub.account, `for ${desk.stub.account}`],
    ]);
  }
  const deaths = others.flatMap(({ reports }) => reports).filter(({ state }) => state === 'backoff');
  expect(deaths).toEqual([]);
});

it('ends a process that no longer answers, and starts another', async () => {
  const [desk] = desks;
  const child = desk?.session.pids.process;
  if (!desk || !child) throw new Error('nothing runs');
  process.kill(child, 'SIGSTOP');
  await until(() => desk.reports.some(({ reason }) => reason === 'unresponsive'));
  await until(() => desk.session.pids.process !== null && desk.session.pids.process !== child);
  await desk.ready();
  desk.stub.receive({ from: customer, body: 'awake again' });
  await desk.told('awake again');
});

it('takes a session back that was opened elsewhere, where the channel says so', async () => {
  const [, desk] = desks;
  if (!desk) throw new Error('none was opened');
  const { process: child } = desk.session.pids;
  await desk.stub.call('setState', 'CONFLICT');
  // two seconds for the other one to be seen
  await until(async () => (await desk.stub.call('state')) === 'CONNECTED');
  desk.stub.receive({ from: customer, body: 'taken back' });
  await desk.told('taken back');
  expect([desk.session.state.state, desk.session.pids.process]).toEqual(['ready', child]);
});

/** Memory of each session in MB: its share of what processes have in common counts once (PSS). */
function report(): void {
  const sizes = desks.map((desk) => {
    const { process: child, browser } = desk.session.pids;
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const group = processes.filter((pid) => Number(pid) === child || groupOf(pid) === String(browser));
    return Math.round(group.reduce((sum, pid) => sum + proportional(pid), 0) / 1024);
  });
  console.info(`${String(desks.length)} sessions: ${sizes.join(' + ')} MB`);
}

function groupOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ')[2] ?? '';
  } catch {
    return '';
  }
}

/** kB */
function proportional(pid: string): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
