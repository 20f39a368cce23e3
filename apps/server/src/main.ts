import 'reflect-metadata';
import { type Env, readEnv } from '@loket/platform/env.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import { say, SayToPerson } from './boot/say.js';
import { type RunningServer, startServer } from './boot/start.js';

/** A stop that hangs is cut off after this time; what was accepted is on disk by then. */
const stopWithinMs = 25_000;
const giveUp = new AbortController();

try {
  const env = readEnv();
  const logger = createLogger(env.LOG_LEVEL);
  // Set before anything is started, so that Ctrl-C during the start leaves nothing behind either.
  let stopping = false;
  const starting = startServer(env, logger, giveUp.signal);
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    giveUp.abort();
    setTimeout(() => {
      logger.error({}, 'stopping took too long');
      process.exit(1);
    }, stopWithinMs).unref();
    void starting
      .then((server) => server.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const server = await starting;
  if (!stopping) greet(server, env);
} catch (error) {
  // Told to stop while it waited: it had not begun.
  if (giveUp.signal.aborted) process.exit(0);
  if (error instanceof SayToPerson) say('', error.indonesian, error.english, '');
  else if (error instanceof Error && error.message.startsWith('The environment is not usable'))
    say(error.message);
  else {
    say(
      '',
      'Loket tidak dapat dijalankan karena kesalahan tak terduga.',
      'Loket could not start: unexpected error.',
    );
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  process.exit(1);
}

function greet({ url, entry }: RunningServer, env: Env): void {
  if (env.ROLE === 'worker') {
    say(
      '',
      `Loket bekerja di latar belakang (ROLE=worker). / Loket works in the background (ROLE=worker).`,
      '',
    );
    return;
  }
  const way = {
    setup: [
      `  Buka ${url}/setup untuk membuat akun admin pertama.`,
      `  Open ${url}/setup to create the first admin account.`,
    ],
    environment: [
      `  Admin ${env.LOKET_ADMIN_EMAIL ?? ''} telah dibuat; masuk dengan LOKET_ADMIN_PASSWORD.`,
      `  Admin ${env.LOKET_ADMIN_EMAIL ?? ''} was created; sign in with LOKET_ADMIN_PASSWORD.`,
    ],
    'sign-in': ['  Masuk dengan akun Anda. / Sign in with your account.'],
  }[entry];
  say('', `Loket siap di / is ready at  ${url}`, ...way, '', '  Ctrl-C: berhenti / stop', '');
}
