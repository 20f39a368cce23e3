import { rmSync } from 'node:fs';

export default async function () {
  for (const { postgres, dir } of globalThis.__LOKET_TEST_CLUSTERS__ ?? []) {
    await postgres.stop('immediate');
    rmSync(dir, { recursive: true, force: true });
  }
}
