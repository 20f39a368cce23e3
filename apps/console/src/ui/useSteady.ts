import { useCallback, useRef } from 'react';

/** A handler that is always the same one and does what it was last told: what gets it is not drawn again for it. */
export function useSteady<Args extends unknown[], Result>(
  handler: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(handler);
  latest.current = handler;
  return useCallback((...args: Args) => latest.current(...args), []);
}
