import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from './support/until.js';
import { WhatsAppDesk } from './support/whatsapp-web.js';

// The real whatsapp-web.js in a real Chromium, on a page that stands in for the service. The tests follow one account
// through its life, one after the other: each starts from where the one before has left it.

const customer = '6281234567890@c.us';

function isAlive(pid: number | null): boolean {
  try {
    if (pid === null) throw new Error('no process');
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the life of a WhatsApp session', () => {
  let desk: WhatsAppDesk;
  const seen = new Set<number>();
  const pids = (): { process: number; browser: number } => {
    const { process, browser } = desk.session.pids;
    if (process === null || browser === null) throw new Error('nothing runs');
    seen.add(process).add(browser);
    return { process, browser };
  };

  beforeAll(async () => {
    desk = await WhatsAppDesk.open({ qrRefreshMs: 1500 });
    await desk.connect();
  });
  afterEach(async () => {
    // A module that the stub lacks would make the library do something else than in life.
    if (desk.stub.open) expect(await desk.stub.call('missing')).toEqual([]);
  });
  afterAll(async () => {
    await desk.close();
    expect([...seen].filter(isAlive)).toEqual([]);
  });

  const qrs = (): string[] => desk.offers.flatMap((offer) => (offer?.kind === 'qr' ? [offer.qr] : []));
  const restarted = async (before: number): Promise<void> => {
    await until(() => desk.stub.loads > before);
    await desk.ready();
  };
  /** What core took in; a repeat under another id would stand there twice. */
  const taken = (start = ''): string[] =>
    desk.host.messages.map(({ text }) => text).filter((text) => text.startsWith(start));
  /** What comes now is taken in, so the session is whole. */
  const works = async (words: string): Promise<void> => {
    desk.stub.receive({ from: customer, body: words });
    await desk.told(words);
  };

  it('waits for a person before it is paired', () => {
    expect(desk.view).toEqual({
      state: 'stopped',
      reason: 'not_paired',
      account: null,
      offer: null,
      offerEndsAt: null,
      nextTryAt: null,
    });
    expect(desk.host.statuses.at(-1)).toMatchObject({ status: 'paused', code: 'whatsapp_not_paired' });
  });

  it('shows a QR code, the next one when WhatsApp has one, and asks for one when it has none', async () => {
    expect(await desk.act({ action: 'pair', phone: null })).toMatchObject({ state: 'starting', offer: null });
    await until(() => qrs().length === 1 && desk.stub.open);
    const { state, offer, offerEndsAt } = desk.view;
    expect([state, offer]).toEqual(['qr_pending', { kind: 'qr', qr: qrs()[0] }]);
    expect(Date.parse(offerEndsAt ?? '') - Date.now()).toBeGreaterThan(500_000);
    await desk.stub.call('rotate');
    await until(() => qrs().length === 2);
    // The time does not begin again with each code.
    expect(desk.view.offerEndsAt).toBe(offerEndsAt);
    // Left alone, the library would show the old one for ever.
    await until(() => qrs().length >= 3);
    expect(new Set(qrs()).size).toBe(qrs().length);
  });

  it('is paired by somebody who scans it', async () => {
    await desk.stub.pair();
    await desk.ready();
    expect(desk.session.state).toEqual({ state: 'ready', reason: null, account: desk.stub.account });
    expect(desk.offers.at(-1)).toBeNull();
    expect(desk.view).toMatchObject({ state: 'ready', offer: null, offerEndsAt: null, nextTryAt: null });
    expect(desk.host.statuses.at(-1)).toMatchObject({ status: 'connected', code: null });
    await works('first');
  });

  it('keeps no QR code anywhere', () => {
    const notes = JSON.stringify([...desk.host.savedCursors]) + JSON.stringify(desk.host.statuses);
    expect(qrs().filter((qr) => notes.includes(qr) || notes.includes(qr.split(',')[0] ?? ''))).toEqual([]);
    expect(notes).not.toContain('stub-ref');
  });

  it('takes ready for ready, however often it is said', async () => {
    const before = desk.reports.length;
    await desk.stub.call('resync');
    await desk.stub.call('resync');
    await works('after a second ready');
    expect(desk.reports.slice(before)).toEqual([]);
    expect(taken('first')).toHaveLength(1);
  });

  it('stops without leaving anything behind, and comes back without a QR code', async () => {
    const { process, browser } = pids();
    const shown = qrs().length;
    const edited = desk.stub.receive({ from: customer, body: 'edited later' });
    const revoked = desk.stub.receive({ from: customer, body: 'taken back later' });
    await desk.told('taken back later');
    await desk.disconnect();
    expect([isAlive(process), isAlive(browser)]).toEqual([false, false]);
    desk.stub.receive({ from: customer, body: 'while nobody was there 1' });
    desk.stub.receive({ from: customer, body: 'while nobody was there 2' });
    desk.stub.changeUnseen(edited, { body: 'other words', raw: { latestEditSenderTimestampMs: Date.now() } });
    desk.stub.changeUnseen(revoked, { type: 'revoked', body: '' });
    await desk.reconnect();
    await desk.ready();
    await desk.told('while nobody was there 2');
    expect(await desk.event('edited')).toMatchObject({ text: 'other words', by: { value: '6281234567890' } });
    expect((await desk.event('revoked')).externalId).toContain(revoked.split('_')[2]);
    expect(qrs()).toHaveLength(shown);
    expect(taken('while')).toEqual(['while nobody was there 1', 'while nobody was there 2']);
    expect(taken('first')).toHaveLength(1);
  });

  it('gets ready when the page was synchronised before anyone listened', async () => {
    desk.stub.change({ openDelayMs: 0, syncDelayMs: 0 });
    await desk.reconnect();
    await desk.ready();
    await works('synchronised early');
    desk.stub.change({ openDelayMs: 50, syncDelayMs: 100 });
  });

  it.each(['browser', 'process'] as const)('comes back when its %s is killed', async (which) => {
    const before = pids();
    const { loads } = desk.stub;
    desk.stub.receive({ from: customer, body: `before the ${which} died` });
    process.kill(before[which], 'SIGKILL');
    desk.stub.receive({ from: customer, body: `after the ${which} died` });
    await restarted(loads);
    await desk.told(`before the ${which} died`);
    await desk.told(`after the ${which} died`);
    expect(desk.reports.some(({ state }) => state === 'backoff')).toBe(true);
    expect([isAlive(before.process), isAlive(before.browser)]).toEqual([false, false]);
  });

  it('comes back when its page crashes', async () => {
    const { loads } = desk.stub;
    for (const pid of renderersOf(pids().browser)) process.kill(pid, 'SIGKILL');
    await restarted(loads);
    await works('after the page crashed');
  });

  it('starts although the profile is locked by somebody who is gone', async () => {
    await desk.disconnect();
    const profile = join(desk.folder, desk.channel.id, 'session');
    symlinkSync('another-machine-4711', join(profile, 'SingletonLock'));
    await desk.reconnect();
    await desk.ready();
    await works('in spite of the lock');
  });

  it('does not start what another process of this machine runs', async () => {
    await desk.disconnect();
    const folder = join(desk.folder, desk.channel.id);
    mkdirSync(folder, { recursive: true });
    const { ppid } = process;
    const since = statOf(ppid)[19];
    writeFileSync(
      join(folder, 'owner.json'),
      JSON.stringify({ host: hostname(), supervisor: ppid, since, children: [] }),
    );
    await desk.reconnect();
    await desk.state('backoff');
    const { reason, nextTryAt } = desk.view;
    expect(reason).toBe('in_use');
    expect(Date.parse(nextTryAt ?? '')).toBeGreaterThan(Date.now() - 1000);
    writeFileSync(
      join(folder, 'owner.json'),
      JSON.stringify({ host: hostname(), supervisor: ppid, since: 'long ago', children: [] }),
    );
    await desk.ready();
    await works('the other one is gone');
  });

  it('is degraded while the phone network is away, and well again', async () => {
    await desk.stub.call('setState', 'OPENING');
    await desk.state('degraded');
    await desk.stub.call('setState', 'CONNECTED');
    await desk.state('ready');
    await works('the line is back');
  });

  it('waits for a person when the account is taken over elsewhere', async () => {
    const { process, browser } = pids();
    desk.stub.provoke('setState', 'CONFLICT');
    await desk.state('conflict');
    await until(() => !isAlive(process) && !isAlive(browser));
    await desk.reconnect();
    expect(desk.session.state.state).toBe('conflict');
    expect(desk.host.statuses.at(-1)).toMatchObject({ status: 'paused', code: 'whatsapp_conflict' });
    const { loads } = desk.stub;
    await desk.act({ action: 'restart' });
    await restarted(loads);
    await works('taken back');
  });

  it('waits for a person when the phone removes the device, and is paired again', async () => {
    pids();
    desk.stub.logOut();
    await desk.state('logged_out');
    await desk.reconnect();
    expect(desk.session.state.state).toBe('logged_out');
    desk.stub.receive({ from: customer, body: 'while we were logged out' });
    await desk.pair();
    await desk.told('while we were logged out');
    await works('paired again');
  });

  it('is logged out by a person, and leaves no keys behind', async () => {
    pids();
    expect(await desk.act({ action: 'log_out' })).toMatchObject({
      state: 'logged_out',
      reason: 'logged_out',
    });
    expect(existsSync(join(desk.folder, desk.channel.id, 'session'))).toBe(false);
    await desk.pair();
  });

  it('shows no QR code when the device was removed while nobody was there', async () => {
    await desk.disconnect();
    desk.stub.unpair();
    const shown = qrs().length;
    await desk.reconnect();
    await desk.state('logged_out');
    expect(desk.session.state.reason).toBe('unlinked');
    expect(qrs()).toHaveLength(shown);
  });

  it('pairs by a code, and can be called off', async () => {
    await expect(desk.act({ action: 'pair', phone: '0811' })).rejects.toMatchObject({
      code: 'phone_invalid',
    });
    await desk.act({ action: 'pair', phone: '+62 811-0000-0001' });
    await until(() => desk.view.offer !== null);
    expect(desk.view).toMatchObject({ state: 'code_pending', offer: { kind: 'code', code: 'ABCD1234' } });
    const { process, browser } = pids();
    const called = await desk.act({ action: 'cancel' });
    expect(called).toMatchObject({ state: 'stopped', reason: 'not_paired', offer: null, offerEndsAt: null });
    expect([isAlive(process), isAlive(browser)]).toEqual([false, false]);
  });

  it('waits for a person when WhatsApp gives out no pairing code', async () => {
    desk.stub.change({ refuseCodes: true });
    await desk.act({ action: 'pair', phone: '628110000' });
    await desk.state('auth_failed');
    expect(desk.session.state.reason).toBe('code_refused');
  });

  it('handed over nothing twice in all that time', () => {
    const words = taken();
    expect(words.filter((text, index) => words.indexOf(text) !== index)).toEqual([]);
    expect(words.length).toBeGreaterThan(10);
  });
});

/** Chromium is a group of processes; these show pages. */
function renderersOf(browser: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const group = statOf(Number(name))[2];
        return (
          group === String(browser) &&
          readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Fields of proc(5) stat from the third on. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
}
