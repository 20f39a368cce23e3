import './node-version.mjs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { needs, provide } from './system-packages.mjs';
import { setup } from './setup.mjs';
import { fail, root, run } from './shell.mjs';

// `npm test`: installs what is missing, builds, runs everything. Arguments go to Jest: `npm test -- libs/core/src/cases`.
const began = performance.now();
const args = process.argv.slice(2);

setup();
provide(needs);
if (!build()) fail('Loket does not compile; see above.');

const jest = [
  process.execPath,
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=DEP0040',
  'node_modules/jest/bin/jest.js',
  // A failed clean-up may leave a process or a socket behind; the result is known all the same.
  '--forceExit',
];
const phases =
  args.length > 0
    ? [['the chosen tests', args]]
    : [
        ['units and database', ['--selectProjects', 'unit', 'integration']],
        ['journeys', ['--selectProjects', 'journey']],
        ['faults and load', ['--selectProjects', 'load', '--runInBand']],
      ];

// What hangs is ended and told, long before whoever runs this loses patience. Generous: it takes 3 to 4 minutes here.
const longestMs = 25 * 60_000;

// A file that fails is run once more, alone: beside others on a busy machine a test of real servers, browsers and clocks
// may meet what it does not test. A fault in the product fails both times. What only passed alone is said at the end.
const mostSecondLooks = 3;
const reports = mkdtempSync(join(tmpdir(), 'loket-report-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

function runJest(name, flags) {
  const report = join(reports, `${name}.json`);
  const start = performance.now();
  process.stdout.write(`\n— ${name}\n`);
  const code = run([...jest, '--json', `--outputFile=${report}`, ...flags], {
    cwd: root,
    timeout: longestMs,
    killSignal: 'SIGKILL',
  });
  const seconds = (performance.now() - start) / 1000;
  if (seconds * 1000 >= longestMs) process.stderr.write(`${name}: ended after ${longestMs / 60_000} min\n`);
  return { name, code, seconds, failed: code === 0 ? [] : failedFiles(report) };
}

/** @returns null when Jest did not come to an end by itself */
function failedFiles(report) {
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return testResults.filter(({ status }) => status === 'failed').map(({ name }) => relative(root, name));
  } catch {
    return null;
  }
}

const alone = [];
const results = phases.map(([name, flags]) => {
  const first = runJest(name, flags);
  const files = first.failed ?? [];
  if (files.length === 0 || files.length > mostSecondLooks) return first;
  const second = runJest(`${name}, again and alone`, ['--runInBand', '--runTestsByPath', ...files]);
  if (second.code === 0) alone.push(...files);
  return { ...first, code: second.code, seconds: first.seconds + second.seconds };
});

process.stdout.write('\n');
for (const file of alone) process.stdout.write(`PASSED ONLY ALONE  ${file}\n`);
for (const { name, code, seconds } of results) {
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(0)} s)\n`);
}
process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0)} s in all\n`);
process.exit(results.some(({ code }) => code !== 0) ? 1 : 0);
