import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository; every tool works from here, wherever it was called. */
export const root = fileURLToPath(new URL('..', import.meta.url));

export const tsc = [process.execPath, join(root, 'node_modules/typescript/bin/tsc')];
export const nodeBin = (path) => [process.execPath, join(root, 'node_modules', path)];

/**
 * Runs a command in the terminal of the caller.
 *
 * @returns exit code; 128 when a signal or `options.timeout` ended it
 */
export function run([command, ...args], options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error && error.code !== 'ETIMEDOUT') throw error;
  return status ?? (signal ? 128 : 1);
}

/** The same, quietly. */
export function capture([command, ...args], options = {}) {
  return spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1e8, ...options });
}

/** The same without blocking, its output held back. @returns `{code, output}` */
export function collect([command, ...args], options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Ends the tool with one sentence instead of a stack. */
export function fail(sentence, code = 1) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(code);
}

/** Settings from `.env`, for people who keep them there; what the environment says already wins. */
export function readDotEnv() {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}
