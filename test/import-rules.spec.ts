import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** `from` may not import `to`, by the rule of that name. A target without a folder is a package. */
const forbidden: [rule: string, from: string, to: string][] = [
  ['contracts-alone', 'libs/contracts/src/a.ts', 'libs/platform/src/clock.ts'],
  ['contracts-alone', 'libs/contracts/src/b.ts', 'libs/channel/src/port.ts'],
  ['channel-port', 'libs/channel/src/a.ts', 'libs/platform/src/clock.ts'],
  ['channel-port', 'libs/channel/src/b.ts', 'libs/core/src/cases/case.ts'],
  ['platform', 'libs/platform/src/a.ts', 'libs/core/src/cases/case.ts'],
  ['platform', 'libs/platform/src/b.ts', 'libs/channel/src/port.ts'],
  ['core', 'libs/core/src/a.ts', 'adapters/email/src/index.ts'],
  ['core', 'libs/core/src/b.ts', 'apps/server/src/http.ts'],
  ['core', 'libs/core/src/c.ts', 'apps/channels/src/host.ts'],
  ['adapters-apart', 'adapters/email/src/a.ts', 'libs/core/src/cases/case.ts'],
  ['adapters-apart', 'adapters/email/src/b.ts', 'libs/platform/src/clock.ts'],
  ['adapters-apart', 'adapters/email/src/c.ts', 'adapters/whatsapp/src/index.ts'],
  ['adapters-apart', 'adapters/whatsapp/src/a.ts', 'adapters/email/src/index.ts'],
  ['adapters-apart', 'adapters/webchat/src/a.ts', 'libs/core/src/cases/case.ts'],
  ['adapters-apart', 'adapters/phone-log/src/a.ts', 'libs/platform/src/clock.ts'],
  ['adapters-without-database', 'adapters/email/src/d.ts', 'typeorm'],
  ['adapters-without-database', 'apps/channels/src/a.ts', 'pg'],
  ['channels-host', 'apps/channels/src/b.ts', 'libs/core/src/cases/case.ts'],
  ['channels-host', 'apps/channels/src/c.ts', 'libs/platform/src/database/data-source.ts'],
  ['channels-host', 'apps/channels/src/d.ts', 'apps/server/src/http.ts'],
  ['server', 'apps/server/src/a.ts', 'adapters/email/src/index.ts'],
  ['server', 'apps/server/src/b.ts', 'apps/console/src/main.ts'],
  ['server-embeds-channels-once', 'apps/server/src/c.ts', 'apps/channels/src/host.ts'],
  ['console', 'apps/console/src/a.ts', 'libs/core/src/cases/case.ts'],
  ['console', 'apps/console/src/b.ts', 'libs/platform/src/clock.ts'],
  ['widget', 'apps/widget/src/a.ts', 'apps/console/src/main.ts'],
  [
    'console-features-apart',
    'apps/console/src/features/inbox/a.ts',
    'apps/console/src/features/settings/page.ts',
  ],
  ['console-features-below-app', 'apps/console/src/ui/a.ts', 'apps/console/src/features/settings/page.ts'],
  ['no-tests-in-production', 'libs/core/src/d.ts', 'libs/core/src/cases/case.spec.ts'],
  ['no-tests-in-production', 'libs/core/src/e.ts', 'test/support/database.ts'],
  ['no-circles', 'libs/core/src/circle/one.ts', 'libs/core/src/circle/two.ts'],
  ['no-unknown', 'libs/core/src/f.ts', 'libs/core/src/not-there.ts'],
  ['declare-packages', 'libs/core/src/g.ts', 'zod'],
  ['declare-packages', 'libs/core/src/h.ts', 'jest'],
];

const allowed: [from: string, to: string][] = [
  ['libs/channel/src/ok.ts', 'libs/contracts/src/cases.ts'],
  ['libs/platform/src/ok.ts', 'libs/contracts/src/cases.ts'],
  ['libs/core/src/ok.ts', 'libs/channel/src/port.ts'],
  ['libs/core/src/ok2.ts', 'libs/platform/src/database/data-source.ts'],
  ['libs/core/src/ok3.ts', 'typeorm'],
  ['libs/core/src/ok.spec.ts', 'test/support/database.ts'],
  ['adapters/email/src/ok.ts', 'libs/channel/src/port.ts'],
  ['apps/channels/src/ok.ts', 'adapters/email/src/index.ts'],
  ['apps/channels/src/ok2.ts', 'libs/platform/src/bus/bus.ts'],
  ['apps/server/src/embedded-channels.ts', 'apps/channels/src/host.ts'],
  ['apps/server/src/ok.ts', 'libs/core/src/cases/case.ts'],
  ['apps/console/src/app/ok.ts', 'apps/console/src/features/settings/page.ts'],
  ['apps/console/src/features/inbox/ok.ts', 'libs/contracts/src/cases.ts'],
];

describe('import rules', () => {
  let found: string[];
  const folder = mkdtempSync(join(tmpdir(), 'loket-imports-'));

  beforeAll(() => {
    lay(folder);
    found = violations(folder);
  }, 60_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(forbidden)('%s: %s may not import %s', (rule, from) => {
    expect(found).toContain(`${rule} ${from}`);
  });

  it.each(allowed)('%s may import %s', (from) => {
    expect(found.filter((violation) => violation.endsWith(` ${from}`))).toEqual([]);
  });

  it('has an example for every rule', async () => {
    const config = (await import(resolve('tools/lint/import-rules.mjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    const proven = new Set(forbidden.map(([rule]) => rule));
    expect(config.default.forbidden.map((rule) => rule.name).filter((name) => !proven.has(name))).toEqual([]);
  });
});

/** A small tree of the same shape as ours, with one file for each example. */
function lay(folder: string): void {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const examples = [...forbidden.map(([, from, to]) => [from, to] as const), ...allowed];
  for (const [, to] of examples) {
    if (to.endsWith('.ts') && !to.includes('not-there')) write(to, 'export const it = 1;\n');
  }
  for (const [from, to] of examples) {
    const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
    const specifier = to.endsWith('.ts') ? (path.startsWith('.') ? path : `./${path}`) : to;
    write(from, `import { it } from '${specifier}';\nexport const that = it;\n`);
  }
  write('libs/core/src/circle/two.ts', `import { that } from './one.js';\nexport const it = () => that;\n`);
  write('package.json', JSON.stringify({ private: true, devDependencies: { jest: '*' } }));
  for (const room of ['libs/core', 'adapters/email', 'apps/channels']) {
    const dependencies = { typeorm: '*', pg: '*' };
    write(
      `${room}/package.json`,
      JSON.stringify({ private: true, dependencies, devDependencies: { jest: '*' } }),
    );
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
}

function violations(folder: string): string[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      resolve('tools/lint/node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...[
        '-c',
        resolve('tools/lint/import-rules.mjs'),
        '--output-type',
        'json',
        'libs',
        'adapters',
        'apps',
        'test',
      ],
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1e8, env: { PATH: process.env.PATH }, timeout: 50_000 },
  );
  if (!stdout) throw new Error(stderr);
  const result = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return result.summary.violations.map((violation) => `${violation.rule.name} ${violation.from}`);
}
