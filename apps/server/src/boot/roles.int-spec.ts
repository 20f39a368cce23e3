import { describe, expect, it } from '@jest/globals';
import { startBareApp } from '../../../../test/support/app.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { RouteRegistry } from '../http/route-registry.js';

describe('ROLE=worker', () => {
  it('answers for its health and nothing else', async () => {
    const database = await freshDatabase();
    const worker = await startBareApp(database.url, { ROLE: 'worker' });
    try {
      const paths = worker.app.get(RouteRegistry).routes.map(({ path }) => path);
      expect(paths.sort()).toEqual(['/healthz', '/readyz']);
      const status = async (path: string): Promise<number> => {
        const answer = await fetch(worker.url + path);
        await answer.text();
        return answer.status;
      };
      expect(await status('/readyz')).toBe(200);
      expect(await status('/')).toBe(404);
      expect(await status('/api/v1/setup')).toBe(404);
      expect(await status('/socket.io/?EIO=4&transport=polling')).toBe(404);
    } finally {
      await worker.close();
      await database.drop();
    }
  });
});
