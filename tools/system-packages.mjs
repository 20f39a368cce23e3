import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture, fail, run } from './shell.mjs';

/** Programs that the journeys need besides Node, and the Debian package of each. */
export const needs = [
  {
    what: 'Dovecot (a real mailbox)',
    package: 'dovecot-imapd',
    found: () => onPath('dovecot') || existsSync('/usr/sbin/dovecot'),
  },
  {
    what: 'Chromium (a real browser)',
    package: 'chromium',
    found: () =>
      [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].some(
        (path) => path && existsSync(path),
      ),
  },
];

/** Installs what is missing where that is ours to do (root on Debian or Ubuntu), else says what to install and ends. */
export function provide(list) {
  const missing = list.filter((need) => !need.found());
  if (missing.length === 0) return;
  const names = missing.map((need) => need.package);
  if (process.getuid?.() !== 0 || !isDebian() || !onPath('apt-get')) {
    fail(`The tests need ${listed(missing)}.\n${advice(names)}`);
  }
  console.log(`Installing ${names.join(', ')} for the tests …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...names];
  // The lists may be old or, in images, empty; an update that fails because of one mirror may still do.
  const done =
    capture(install, { env }).status === 0 ||
    (run(['apt-get', 'update', '-qq'], { env }) >= 0 &&
      run(install, { env, stdio: ['ignore', 'ignore', 'inherit'] }) === 0);
  const still = list.filter((need) => !need.found());
  if (!done || still.length > 0)
    fail(`The tests need ${listed(still)}, and apt-get could not install it.\n${advice(names)}`);
}

const listed = (list) => list.map((need) => need.what).join(' and ');

function advice(names) {
  if (process.platform === 'darwin')
    return 'brew install dovecot; and set CHROMIUM_PATH to Chrome or Chromium.';
  return (
    `On Debian or Ubuntu: sudo apt-get install -y ${names.join(' ')}\n` +
    'Elsewhere: the packages of the same programs; CHROMIUM_PATH may name any Chrome or Chromium.'
  );
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}
