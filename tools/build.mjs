import './node-version.mjs';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import { nodeBin, root, run, tsc } from './shell.mjs';

/**
 * Compiles the rooms, the console and the widget; what has not changed is left alone.
 *
 * @returns false when something does not compile; the compiler has said why
 */
export function build() {
  return run([...tsc, '-b']) === 0 && bundle('console', 'index.html') && bundle('widget', 'widget.js');
}

/** What runs in browsers goes through Vite. @param made a file of its `dist`, as a sign that it was built */
function bundle(app, made) {
  const room = `apps/${app}`;
  const stamp = join(root, 'node_modules/.cache/loket', app);
  const now = fingerprint([room, 'libs/contracts/src', 'package-lock.json', 'tsconfig.base.json']);
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (before === now && existsSync(join(root, room, 'dist', made))) return true;
  const vite = [...nodeBin('vite/bin/vite.js'), 'build', '--logLevel', 'error'];
  if (run(vite, { cwd: join(root, room) }) !== 0) return false;
  if (app === 'console') compress(join(root, room, 'dist/assets'));
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, now);
  return true;
}

/** What browsers fetch first lies there small already, so that no request waits for it to be made so. */
function compress(folder) {
  for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < 1024) continue;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
  }
}

/** One hash over the names and contents of everything that goes in. */
function fingerprint(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    const entries = readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!['dist', 'node_modules', '.vite'].includes(entry.name)) add(child);
      } else
        hash
          .update(child)
          .update('\0')
          .update(readFileSync(join(root, child)))
          .update('\0');
    }
  };
  for (const path of paths) {
    if (path.includes('.')) hash.update(readFileSync(join(root, path)));
    else add(path);
  }
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(build() ? 0 : 1);
