import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys.js';

/** calls come in bursts: one question for all of them */
const pauseMs = 300;
const waiting = new WeakSet<QueryClient>();

/** Counts those to be called back anew. Whether an event adds one cannot be told from it alone: who sleeps is left out. */
export function recountCallbacks(client: QueryClient): void {
  if (waiting.has(client)) return;
  waiting.add(client);
  setTimeout(() => {
    waiting.delete(client);
    void client.invalidateQueries({ queryKey: keys.caseCounts });
  }, pauseMs);
}
