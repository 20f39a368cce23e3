import './node-version.mjs';
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
        // Journeys start servers, mail servers and a browser, and some watch the clock: one at a time.
        ['journeys', ['--selectProjects', 'journey', '--runInBand']],
      ];

// What hangs is ended and told, long before whoever runs this loses patience. Generous: it takes 3 to 4 minutes here.
const longestMs = 25 * 60_000;

const results = phases.map(([name, flags]) => {
  const start = performance.now();
  process.stdout.write(`\n— ${name}\n`);
  const code = run([...jest, ...flags], { cwd: root, timeout: longestMs, killSignal: 'SIGKILL' });
  const seconds = (performance.now() - start) / 1000;
  if (seconds * 1000 >= longestMs) process.stderr.write(`${name}: ended after ${longestMs / 60_000} min\n`);
  return { name, code, seconds };
});

process.stdout.write('\n');
for (const { name, code, seconds } of results) {
  process.stdout.write(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(0)} s)\n`);
}
process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0)} s in all\n`);
process.exit(results.some(({ code }) => code !== 0) ? 1 : 0);
