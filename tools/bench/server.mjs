import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../shell.mjs';
import { inParallel, normalisedMessages, percentile, rawMail } from './workload.mjs';

const admin = { email: 'bench@loket.example', password: 'a password for the benchmark' };

/** The real server on a database of ours. @returns address, process and a bearer token */
export async function startServer(databaseUrl, dataDir) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(root, 'apps/server/dist/main.js')], {
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      LOKET_DATA_DIR: dataDir,
      LOKET_ADMIN_EMAIL: admin.email,
      LOKET_ADMIN_PASSWORD: admin.password,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let i = 0; ; i++) {
    if ((await fetch(`${url}/readyz`).catch(() => null))?.ok) break;
    if (i > 300 || child.exitCode !== null) throw new Error('the server did not start');
    await sleep(100);
  }
  const signIn = await fetch(`${url}/api/v1/session`, json(admin));
  const cookie = signIn.headers.getSetCookie()[0].split(';')[0];
  const made = await fetch(
    `${url}/api/v1/tokens`,
    json({ name: 'bench', scopes: ['inbound', 'read', 'write', 'admin'] }, { cookie }),
  );
  if (!made.ok) throw new Error(`no token: ${await made.text()}`);
  const { token } = await made.json();
  return {
    url,
    token,
    rssMb: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

/** Mails per second through POST /channels/{id}/inbound, thirty-two at a time, each answered after commit. */
export async function ingressRate(server, channelId, count) {
  const mails = normalisedMessages(channelId, count, 77);
  const warmUp = normalisedMessages(channelId, 200, 78);
  await inParallel(warmUp, 16, (m) => deliver(server, channelId, rawMail(m)));
  const seconds = await inParallel(mails, 32, (m) => deliver(server, channelId, rawMail(m)));
  return count / seconds;
}

/**
 * From the moment at which a message was taken in (the time of its event, set before the commit) to its arrival at
 * each of the connected agents, at a steady rate. The agents are a process of their own that reads no more of an event
 * than its type and time: in life each has a machine to itself.
 *
 * @returns {{p50: number, p99: number, received: number}} milliseconds, over all agents and events
 */
export async function screenLatency(server, channelId, { agents, perSecond, seconds }) {
  const crowd = fork(new URL('./agents.mjs', import.meta.url), [server.url, server.token, String(agents)]);
  await new Promise((resolve, reject) => {
    crowd.once('message', resolve);
    crowd.once('exit', (code) => reject(new Error(`the agents could not connect (${code})`)));
  });
  const messages = normalisedMessages(channelId, perSecond * (seconds + 2), 79);
  const underWay = [];
  const start = performance.now();
  let counting = false;
  for (const [i, message] of messages.entries()) {
    const due = start + (i * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    if (!counting && performance.now() - start > 2000) counting = crowd.send('count'); // two seconds warm up
    underWay.push(deliver(server, channelId, rawMail(message)));
  }
  await Promise.all(underWay);
  await sleep(1000);
  const waits = await new Promise((resolve) => {
    crowd.once('message', resolve);
    crowd.send('report');
  });
  return { p50: percentile(waits, 50), p99: percentile(waits, 99), received: waits.length };
}

async function deliver(server, channelId, mail) {
  const answer = await fetch(`${server.url}/api/v1/channels/${channelId}/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${server.token}` },
    body: mail,
  });
  const result = await answer.json();
  if (!answer.ok || result.status !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(result)}`);
}

function json(body, headers = {}) {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
