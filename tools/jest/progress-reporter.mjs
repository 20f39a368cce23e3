import { relative } from 'node:path';
import { root } from '../shell.mjs';

const quietMinutes = 3;

/** Names the files that are running when nothing has ended for minutes, so that a test that hangs is known by name. */
export default class ProgressReporter {
  running = new Set();
  last = Date.now();
  timer = null;

  onRunStart() {
    this.timer = setInterval(() => {
      const minutes = Math.floor((Date.now() - this.last) / 60_000);
      if (minutes < quietMinutes) return;
      const files = [...this.running].map((file) => relative(root, file)).join(', ');
      process.stderr.write(
        `nothing has ended for ${minutes} min; running: ${files || 'no test, only Jest'}\n`,
      );
    }, 60_000);
    this.timer.unref();
  }

  onTestFileStart({ path }) {
    this.running.add(path);
  }

  onTestFileResult({ path }) {
    this.running.delete(path);
    this.last = Date.now();
  }
}
