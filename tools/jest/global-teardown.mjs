import { rmSync } from 'node:fs';

export default async function () {
  const cluster = globalThis.__LOKET_TEST_CLUSTER__;
  if (!cluster) return;
  await cluster.postgres.stop('immediate');
  rmSync(cluster.dir, { recursive: true, force: true });
}
