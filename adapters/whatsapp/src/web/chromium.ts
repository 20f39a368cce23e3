import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where LocalAuth keeps the browser's profile below the session's folder. */
export const profileFolder = (folder: string): string => join(folder, 'session');

/** Where files lie on their way between WhatsApp and the blob store. */
export const spoolFolder = (folder: string): string => join(folder, 'spool');

/**
 * A profile says by these who uses it. After a crash or on another machine they name somebody who is gone, and Chromium
 * refuses to start; who holds the lease of the channel may take them away.
 */
export async function breakProfileLock(folder: string): Promise<void> {
  const profile = profileFolder(folder);
  const entries = await readdir(profile).catch(() => []);
  for (const name of entries) {
    if (name.startsWith('Singleton')) await rm(join(profile, name), { force: true });
  }
}

/** As the same Chromium with a window would introduce itself; WhatsApp turns away headless and old ones. */
export async function userAgentOf(chromiumPath: string): Promise<string | false> {
  try {
    const { stdout } = await promisify(execFile)(chromiumPath, ['--version'], { timeout: 10_000 });
    const [, major] = /(\d+)\.\d+\.\d+/.exec(stdout) ?? [];
    if (major === undefined) return false;
    return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
  } catch {
    return false;
  }
}

/** For puppeteer; the library names a type for them that puppeteer no longer has. */
export function launchOptions(path: string, args: readonly string[]): Record<string, unknown> {
  return {
    headless: true,
    executablePath: path,
    // Over a socket, Chromium would outlive a process that is killed.
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    protocolTimeout: 120_000,
    args: [
      // As root there is no sandbox to be had.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-default-apps',
      '--mute-audio',
      '--no-first-run',
      '--no-default-browser-check',
      ...args,
    ],
  };
}
