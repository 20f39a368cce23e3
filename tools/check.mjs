import './node-version.mjs';
import { setup } from './setup.mjs';
import { nodeBin, root, run, tsc } from './shell.mjs';

// `npm run check`: what a reviewer should not have to look at. One after the other; all of them, whatever fails.
const jest = [
  process.execPath,
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const lint = 'tools/lint/node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
const checks = [
  ['format', [...nodeBin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['types', [...tsc, '-b']],
  ['types of tests', [...tsc, '-p', 'tsconfig.spec.json']],
  ['types of the console', [...tsc, '-p', 'apps/console']],
  ['types of the widget', [...tsc, '-p', 'apps/widget']],
  ['lint', [...nodeBin('eslint/bin/eslint.js'), '--max-warnings', '0', '.']],
  [
    'import rules',
    [process.execPath, lint, '-c', 'tools/lint/import-rules.mjs', 'libs', 'adapters', 'apps', 'test'],
  ],
  ['migrations', [process.execPath, '--disable-warning=DeprecationWarning', 'tools/db.mjs', 'check']],
  [
    'goldens',
    [...jest, '--selectProjects', 'unit', 'integration', '--testPathPatterns', 'golden', '--silent'],
  ],
];

setup();
const failed = [];
for (const [name, command] of checks) {
  const began = performance.now();
  process.stdout.write(`\n— ${name}\n`);
  const ok = run(command, { cwd: root }) === 0;
  if (!ok) failed.push(name);
  process.stdout.write(`${ok ? 'ok' : 'FAILED'} in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exit(1);
}
process.stdout.write(`\nAll ${checks.length} checks hold.\n`);
