import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

/** what comes in one go is asked for once */
const settleMs = 300;

export interface Calm {
  /** once in so long in a rush; 0 = soon, whatever was asked before */
  pauseMs: number;
  /** so many times soon, after a quiet while */
  burst?: number;
}

interface Watch {
  /** how many times it may still be asked for soon; grows by one in each `pauseMs` */
  tokens: number;
  at: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  due: number;
}

const watches = new WeakMap<QueryClient, Map<string, Watch>>();

function watchOf(client: QueryClient, key: QueryKey, burst: number): Watch {
  const all = watches.get(client) ?? new Map<string, Watch>();
  watches.set(client, all);
  const hash = hashKey(key);
  const found = all.get(hash) ?? { tokens: burst, at: Date.now(), timer: undefined, due: Infinity };
  all.set(hash, found);
  return found;
}

/**
 * Something happened that may have changed this: it is asked for again soon when it was quiet, in a rush only now and then,
 * however many events there are, and always once more after the last of them. A page that nobody looks at asks when it is
 * looked at again.
 */
export function lookAgain(client: QueryClient, queryKey: QueryKey, { pauseMs, burst = 1 }: Calm): void {
  const watch = watchOf(client, queryKey, burst);
  const now = Date.now();
  const tokens = pauseMs === 0 ? burst : Math.min(burst, watch.tokens + (now - watch.at) / pauseMs);
  const due = now + Math.max(settleMs, (1 - tokens) * pauseMs);
  if (watch.timer !== undefined && watch.due <= due) return;
  clearTimeout(watch.timer);
  // whoever comes to it meanwhile gets it fresh
  void client.invalidateQueries({ queryKey, refetchType: 'none' });
  const ask = () => {
    const then = Date.now();
    watch.timer = undefined;
    watch.tokens = pauseMs === 0 ? 0 : Math.min(burst, watch.tokens + (then - watch.at) / pauseMs) - 1;
    watch.at = then;
    void client.invalidateQueries({ queryKey });
  };
  watch.due = due;
  watch.timer = setTimeout(() => {
    if (typeof document === 'undefined' || !document.hidden) return ask();
    document.addEventListener('visibilitychange', ask, { once: true });
  }, due - now);
}

/** For what people change by hand: soon, and never many times in a row. */
export function refetchSoon(client: QueryClient, queryKey: QueryKey): void {
  lookAgain(client, queryKey, { pauseMs: 5_000, burst: 4 });
}

/** For what changes seldom, and then perhaps a few times in a row: the first times soon. */
export function refetchCalmly(client: QueryClient, queryKey: QueryKey): void {
  lookAgain(client, queryKey, { pauseMs: 30_000, burst: 4 });
}
