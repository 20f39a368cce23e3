import type { QueryClient } from '@tanstack/react-query';
import { refetchCalmly } from './calm.js';
import { keys } from './keys.js';

/** Counts those to be called back anew. Whether an event adds one cannot be told from it alone: who sleeps is left out. */
export function recountCallbacks(client: QueryClient): void {
  refetchCalmly(client, keys.caseCounts);
}
