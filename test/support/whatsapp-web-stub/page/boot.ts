import type { Delivery, StubCall } from '../types.js';
import { boot, settings, Socket } from './account.js';
import { arrive, connect, control, holdsDevice, lastSeen, load } from './control.js';
import { requireModule, rotate } from './modules.js';

/** Stands in for web.whatsapp.com as far as whatsapp-web.js 1.34 looks. Runs inside Chromium. */

await load(boot.history);

const events = new EventSource(`/__stub/events?after=${lastSeen()}`);
events.addEventListener('delivery', ({ data }: MessageEvent<string>) => {
  void arrive(JSON.parse(data) as Delivery);
});
events.addEventListener('call', ({ data }: MessageEvent<string>) => {
  void answer(JSON.parse(data) as StubCall);
});

async function answer({ id, method, args }: StubCall): Promise<void> {
  let result: object;
  try {
    const run = (control as unknown as Record<string, (...args: unknown[]) => unknown>)[method];
    if (!run) throw new Error(`the stub cannot ${method}`);
    result = { id, value: (await run(...args)) ?? null };
  } catch (error) {
    result = { id, error: String(error) };
  }
  await fetch('/__stub/result', { method: 'POST', body: JSON.stringify(result) });
}

Object.assign(window, { require: requireModule, Debug: { VERSION: '2.3000.0-stub' } });

setTimeout(() => {
  if (holdsDevice(boot.device)) {
    connect();
  } else {
    rotate();
    Socket.set({ state: 'UNPAIRED' });
  }
}, settings.openDelayMs);
