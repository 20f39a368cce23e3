/** Small texts that outlive the page. Where the browser blocks storage they live as long as the page does. */
export interface Shelf {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
}

/** @param area called each time: merely naming `localStorage` throws where it is blocked */
export function openShelf(prefix: string, area: () => Storage): Shelf {
  const memory = new Map<string, string>();
  return {
    get(key) {
      const kept = memory.get(key);
      if (kept !== undefined) return kept;
      try {
        return area().getItem(prefix + key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      memory.delete(key);
      try {
        if (value === null) area().removeItem(prefix + key);
        else area().setItem(prefix + key, value);
      } catch {
        if (value !== null) memory.set(key, value);
      }
    },
  };
}
