import 'reflect-metadata';
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

// `npm run demo`: Loket with a web shop that is busy, in a data folder of its own. Explained in docs/demo.md.
const { fail, root } = await import('./shell.mjs');
const { values: args } = parseArgs({
  options: {
    reset: { type: 'boolean', default: false },
    'agents-work': { type: 'boolean', default: false },
    rate: { type: 'string', default: '4' },
    cases: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '20' },
    port: { type: 'string', default: process.env.PORT ?? '3000' },
    dir: { type: 'string', default: join(root, '.loket-demo') },
    'seed-only': { type: 'boolean', default: false },
  },
});
const number = (name) => {
  const value = Number(args[name]);
  if (!(value >= 0)) fail(`--${name} takes a number`);
  return value;
};
const [rate, cases, port] = [number('rate'), number('cases'), number('port')];

const { setup } = await import('./setup.mjs');
const { build } = await import('./build.mjs');
setup();
if (!build()) fail('Loket does not compile; see above.');
const { seed } = await import('./demo/seed.mjs');
const { Dice } = await import('./demo/dice.mjs');
const { Api } = await import('./demo/api.mjs');
const { Crew } = await import('./demo/crew.mjs');
const { Customers } = await import('./demo/customers.mjs');
const { startGraph, startPostOffice } = await import('./demo/stand-ins.mjs');
const { admin, agents, channels, shop } = await import('./demo/shop.mjs');

const dataDir = resolve(args.dir);
await fill();
if (args['seed-only']) process.exit(0);

let customers = null;
const post = await startPostOffice((mail) => customers?.gotMail(mail));
const graph = await startGraph((message) => customers?.gotWhatsapp(message));
const url = `http://127.0.0.1:${port}`;
const server = spawn(process.execPath, [join(root, 'apps/server/dist/main.js')], {
  // Nothing of the surroundings comes in: a database or a channel of somebody's is none of the demo's.
  env: {
    PATH: process.env.PATH,
    HOST: '127.0.0.1',
    PORT: String(port),
    LOKET_DATA_DIR: dataDir,
    WHATSAPP_GRAPH_URL: graph.url,
    WHATSAPP_MAX_SESSIONS: '0',
    LOG_LEVEL: 'error',
  },
  stdio: ['ignore', 'ignore', 'inherit'],
  // Ctrl-C goes to the whole terminal; the server is to outlive the people who write to it.
  detached: true,
});
const gone = new Promise((done) => server.once('close', done));
const crew = new Crew({ url, dice: new Dice(Date.now()) });
let stopping = false;
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
void gone.then((code) => !stopping && fail(`The server ended by itself (${code}).`));

await ready();
const boss = new Api(url);
await boss.call('POST', '/session', { email: admin.email, password: shop.password });
const channelIds = await connectChannels(boss);
const { token } = await boss.call('POST', '/tokens', { name: 'Demo', scopes: ['inbound'] });
customers = new Customers({ url, token, channelIds, dice: new Dice(Date.now()), rate });
await crew.arrive();
if (rate > 0) customers.start();
if (args['agents-work']) crew.work();
greet();

/** A folder that is half filled is filled again; one that is none of ours is left alone. */
async function fill() {
  const note = join(dataDir, 'demo.json');
  const known = existsSync(note) ? JSON.parse(readFileSync(note, 'utf8')) : null;
  if (known?.ready && !args.reset) return;
  if (existsSync(dataDir) && !known) fail(`${dataDir} is no folder of the demo; name another with --dir.`);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(note, JSON.stringify({ ready: false }));
  const began = performance.now();
  const tell = (share) => process.stdout.isTTY && process.stdout.write(`\r  ${Math.floor(share * 100)} %`);
  console.log(`${shop.name} membuka pintu, 60 hari yang lalu … / opens, 60 days ago …`);
  await seed({ dataDir, cases, seed: number('seed'), tell });
  writeFileSync(note, JSON.stringify({ ready: true, cases, seed: number('seed') }));
  console.log(`\r  ${cases} kasus / cases, ${Math.round((performance.now() - began) / 1000)} s`);
}

async function ready() {
  for (let i = 0; i < 600 && !stopping; i++) {
    if ((await fetch(`${url}/readyz`).catch(() => null))?.ok) return;
    await sleep(100);
  }
  if (!stopping) fail('The server did not get ready.');
}

/** The stand-ins stand somewhere else each time. @returns ids by key */
async function connectChannels(api) {
  const { items } = await api.get('/channels');
  const ids = new Map();
  for (const { key, name, kind, config } of channels) {
    const { id } = items.find((channel) => channel.name === name);
    ids.set(key, id);
    if (kind !== 'email') continue;
    const smtp = { host: '127.0.0.1', port: post.port, security: 'none' };
    await api.call('PATCH', `/channels/${id}`, { config: { ...config, smtp } });
  }
  return ids;
}

function greet() {
  const supervisor = agents.find(({ role }) => role === 'supervisor');
  const agent = agents.find(({ role, here }) => role === 'agent' && here);
  const line = ({ name, email }, role) => `    ${email.padEnd(28)} ${role.padEnd(12)} ${name}`;
  console.log(
    [
      '',
      `  ${shop.name} siap di / is ready at  ${url}`,
      '',
      `  Kata sandi semua orang / everybody's password:  ${shop.password}`,
      line(admin, 'admin'),
      line(supervisor, 'supervisor'),
      line(agent, 'agent'),
      `    … ${agents.length + 1} orang / people in all`,
      '',
      `  ${rate} pesan baru per menit / new messages a minute (--rate)`,
      '  Ctrl-C: berhenti / stop · --reset: dari awal / from the beginning',
      '',
    ].join('\n'),
  );
}

async function stop() {
  if (stopping) return;
  stopping = true;
  customers?.stop();
  crew.stop();
  if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM');
  await gone;
  await Promise.all([post.stop(), graph.stop()]);
  process.exit(0);
}
