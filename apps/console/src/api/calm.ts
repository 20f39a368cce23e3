import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { hashKey } from '@tanstack/react-query';

/** events come in bursts: one question for all of them */
const pauseMs = 300;
/** so many questions at once while somebody works, and after that one in so long: a console that only looks on asks little */
const burst = 4;
const refillMs = 30_000;

interface Bucket {
  tokens: number;
  at: number;
  timer: ReturnType<typeof setTimeout> | null;
}
const buckets = new WeakMap<QueryClient, Map<string, Bucket>>();

function bucketOf(client: QueryClient, key: QueryKey): Bucket {
  const all = buckets.get(client) ?? new Map<string, Bucket>();
  buckets.set(client, all);
  const hash = hashKey(key);
  const bucket = all.get(hash) ?? { tokens: burst, at: Date.now(), timer: null };
  all.set(hash, bucket);
  return bucket;
}

/**
 * Fetches again what is shown, because an event says that it is no longer so. The first times almost at once; in a rush
 * only now and then, however many events there are, and always once more after the last of them.
 */
export function refetchCalmly(client: QueryClient, queryKey: QueryKey): void {
  const bucket = bucketOf(client, queryKey);
  if (bucket.timer !== null) return;
  // whoever comes to it meanwhile gets it fresh
  void client.invalidateQueries({ queryKey, refetchType: 'none' });
  const now = Date.now();
  bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) / refillMs);
  bucket.at = now;
  const wait = bucket.tokens >= 1 ? pauseMs : Math.max(pauseMs, (1 - bucket.tokens) * refillMs);
  bucket.tokens -= 1;
  bucket.timer = setTimeout(() => {
    bucket.timer = null;
    void client.invalidateQueries({ queryKey });
  }, wait);
}
