import { PageSession } from './page-session.js';
import { toSessionSchema, type FromSession, type ToSession } from './session-protocol.js';

// The process of one WhatsApp session. It ends when the session does, or when the supervisor is gone; whatever the
// library does to it, it takes nobody along.

let session: PageSession | null = null;
let leaving = false;

function tell(message: FromSession): void {
  // Without a supervisor there is nobody to tell.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function handle(message: ToSession): Promise<void> {
  switch (message.type) {
    case 'start':
      if (session || leaving) return;
      session = await PageSession.open(message, tell);
      await session.run();
      leave();
      return;
    case 'probe':
      await session?.probe(message.call);
      return;
    case 'send':
      if (session) await session.send(message);
      else tell({ type: 'send_failed', call: message.call, reason: 'not_ready', sent: 0, detail: null });
      return;
    case 'log_out':
      await session?.logOut();
      return;
    case 'stop':
      stop();
  }
}

function stop(): void {
  if (session) session.end('stopped');
  else leave();
}

function leave(): void {
  leaving = true;
  // What was told has to get through first.
  if (process.connected) process.disconnect();
  setTimeout(() => process.exit(0), 100).unref();
}

function crash(error: unknown): void {
  if (leaving) process.exit(1);
  const detail = error instanceof Error ? whereOf(error) : 'rejection';
  if (session) session.crashed(detail);
  else tell({ type: 'ended', ending: 'crashed', detail });
  setTimeout(() => process.exit(1), 6000).unref();
}

/** Name and place of a defect; its words may hold what people wrote. */
function whereOf({ name, stack }: Error): string {
  const [frame = ''] = /at .*$/m.exec(stack ?? '') ?? [];
  return `${name} ${frame.replace(/\(?(file:|\/).*\//, '')}`.slice(0, 200);
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
// Ctrl-C reaches the whole group; the supervisor says when to go.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', stop);
process.on('disconnect', () => {
  if (leaving) return;
  stop();
  setTimeout(() => process.exit(1), 6000).unref();
});
process.on('message', (data: unknown) => {
  const message = toSessionSchema.safeParse(data);
  if (message.success) handle(message.data).catch(crash);
});
tell({ type: 'listening' });
