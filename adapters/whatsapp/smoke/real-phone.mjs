// Tries the web driver on a real phone, step by step. Use a number that you can do without: the driver is unofficial,
// and WhatsApp may block numbers that use it (docs/whatsapp.md).
//
//   npm run build
//   node adapters/whatsapp/smoke/real-phone.mjs --own +62811… --other +62812… [--chromium /usr/bin/chromium]
//
// `own` is the number that gets linked, by a code that is typed into the phone; `other` is a second phone that plays the
// customer. Nothing is stored but the session's own folder, which is removed at the end, and the device is unlinked.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { whatsappAdapter } from '../dist/index.js';

const { values } = parseArgs({
  options: {
    own: { type: 'string' },
    other: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    'chromium-arg': { type: 'string', multiple: true, default: [] },
    /** seconds for whatever a person does */
    patience: { type: 'string', default: '180' },
  },
});
if (!values.own || !values.other) {
  console.error('Say --own and --other, see the top of this file.');
  process.exit(2);
}
const other = values.other.replace(/\D/g, '');
const patience = Number(values.patience) * 1000;
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const folder = await mkdtemp(join(tmpdir(), 'loket-smoke-'));
const host = new RecordingHost();
const channel = { id: randomUUID(), kind: 'whatsapp', name: 'smoke', version: 1, config: { web: {} } };

function newAdapter() {
  const report = ({ state, reason }) => console.log(`    · ${state}${reason ? ` (${reason})` : ''}`);
  const listeners = { report };
  const chromiumArgs = values['chromium-arg'];
  return whatsappAdapter({
    web: { dataDir: folder, chromiumPath: values.chromium, chromiumArgs, listeners },
  });
}

let adapter = newAdapter();
let connection = await adapter.connect(channel, host);
const view = () => adapter.session(channel.id);
const act = (action) => adapter.sessionAction(channel.id, action);
const results = [];

async function until(ask, ms = patience) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(200)) {
    const answer = await ask();
    if (answer) return answer;
  }
  throw new Error('it did not come about in time');
}

async function step(title, run) {
  console.log(`\n— ${title}`);
  const began = Date.now();
  try {
    const note = await run();
    results.push(['ok', title, note ?? '']);
    console.log(`    ok in ${((Date.now() - began) / 1000).toFixed(1)} s${note ? `: ${note}` : ''}`);
  } catch (error) {
    results.push(['FAILED', title, error.reason ?? error.message]);
    console.log(`    FAILED: ${error.reason ?? error.message}`);
  }
}

/** What comes from now on. */
const next = (list, holds = () => true) => {
  const from = list.length;
  return until(() => list.slice(from).find(holds));
};
const { messages, events, receipts } = host;
const outbound = (text, more = {}) => ({
  messageId: randomUUID(),
  caseNumber: 1,
  token: '',
  to: { kind: 'whatsapp', value: other },
  others: [],
  text,
  attachments: [],
  thread: { references: [] },
  automatic: false,
  createdAt: new Date().toISOString(),
  attempt: 1,
  ...more,
});
const send = (message) => adapter.send(message, channel, host);
const pids = () => adapter.web.session(channel.id).pids;
let heard = null;

await step('Pair: WhatsApp › Linked devices › Link with phone number instead; type the code', async () => {
  await act({ action: 'pair', phone: values.own });
  await until(() => view().offer);
  console.log(`    the code is ${view().offer.code}`);
  await until(() => view().state === 'ready');
  return `linked to a number that ends in ${view().account?.slice(-3)}`;
});
await step('From the other phone, write any words', async () => {
  heard = await next(messages, ({ attachments }) => attachments.length === 0);
  const { sender } = heard;
  return `sender known by ${[sender, ...sender.also].map(({ kind }) => kind).join(' and ')}`;
});
await step('An answer with a quote goes out; open it on the other phone so that it is read', async () => {
  if (!heard) throw new Error('nothing was heard before');
  const { externalId, thread } = heard;
  const answer = outbound('Loket smoke test: an answer', { thread, quote: externalId });
  const sent = await send(answer);
  if (sent.detail) throw new Error(sent.detail);
  for (const state of ['delivered', 'read']) {
    await until(() => receipts.some((one) => one.externalId === sent.externalId && one.state === state));
    console.log(`    ${state}`);
  }
});
await step('A picture with words goes out', async () => {
  const blob = await host.blobs.put(png, 'image/png');
  const attachments = [{ ...blob, name: 'smoke.png', inline: false }];
  await send(outbound('Loket smoke test: a picture', { attachments }));
});
await step('The same message sent twice arrives once (look at the other phone)', async () => {
  const message = outbound('Loket smoke test: only once');
  const first = await send(message);
  const second = await send({ ...message, attempt: 2 });
  if (first.externalId !== second.externalId) throw new Error('it got two ids');
});
await step('From the other phone, send a photo with words', async () => {
  const { attachments, warnings } = await next(
    messages,
    (message) => message.attachments.length + message.warnings.length > 0,
  );
  if (!attachments[0]) throw new Error(warnings.join());
  return `${attachments[0].size} bytes`;
});
await step('From the other phone, edit a message of yours', async () => {
  await next(events, ({ type }) => type === 'edited');
});
await step('From the other phone, react to the answer', async () => {
  await next(events, ({ type }) => type === 'reacted');
});
await step('From the other phone, delete a message of yours for everyone', async () => {
  await next(events, ({ type }) => type === 'revoked');
});
await step('On your own phone, write to the other one', async () => {
  await next(events, ({ type }) => type === 'sent_elsewhere');
});
await step('The browser is killed, and the session comes back', async () => {
  const { browser } = pids();
  process.kill(browser, 'SIGKILL');
  await until(() => pids().browser !== browser && view().state === 'ready');
});
await step(
  'All stops for 30 s. Write words from the other phone now; they are found afterwards',
  async () => {
    await connection.close();
    await sleep(Math.min(30_000, patience));
    adapter = newAdapter();
    connection = await adapter.connect(channel, host);
    await next(messages);
  },
);
await step('A number that is not on WhatsApp is refused', async () => {
  try {
    await send(outbound('x', { to: { kind: 'whatsapp', value: '6200000000001' } }));
  } catch (error) {
    if (error.reason === 'whatsapp_not_on_whatsapp') return;
    throw error;
  }
  throw new Error('it was taken');
});
await step('The device is unlinked', async () => {
  await act({ action: 'log_out' });
  await until(() => view().state === 'logged_out');
});

await connection.close();
await rm(folder, { recursive: true, force: true });
console.log('');
for (const [result, title, note] of results)
  console.log(`${result.padEnd(6)}  ${title}${note ? ` (${note})` : ''}`);
process.exitCode = results.every(([result]) => result === 'ok') ? 0 : 1;
