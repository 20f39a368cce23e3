import type { VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import type { VisitorFile } from '@loket/contracts/visitors.js';

/** A file on its way. The blob is kept with it, so that a reload loses nothing. */
export interface QueuedFile {
  clientId: string;
  blob: Blob;
  name: string;
  /** the server has it; only the message that names it is still to come */
  uploaded: VisitorFile | null;
}

/** A message that the server has not acknowledged. */
export interface Queued {
  /** place in the queue, across tabs and reloads; given by the outbox */
  order?: number;
  clientId: string;
  /** milliseconds since 1970 */
  writtenAt: number;
  text: string;
  files: QueuedFile[];
  preChat?: Record<string, string>;
  /** refused for good; waits for the visitor */
  failed: VisitorErrorCode | null;
}

const store = 'outbox';
/** a database that does not answer (blocked by another version, broken profile) must not hold up the chat */
const patienceMs = 2000;
/** what could not be stored stands behind what could */
const afterStored = 2 ** 40;

/** Messages in the order in which they were written: in IndexedDB, or in memory where that is blocked. */
export class Outbox {
  private readonly memory = new Map<number, Queued>();
  private next = afterStored;
  private readonly database: Promise<IDBDatabase | null>;

  constructor(name: string) {
    this.database = open(name);
  }

  async list(): Promise<Queued[]> {
    const stored = await this.run<Queued[]>('readonly', (s) => s.getAll() as IDBRequest<Queued[]>);
    return [...(stored ?? []), ...this.memory.values()];
  }

  async add(message: Queued): Promise<void> {
    const order = await this.run('readwrite', (s) => s.add(message));
    if (order !== null) return;
    this.next += 1;
    this.memory.set(this.next, { ...message, order: this.next });
  }

  /** Changes what is still there; what has been sent meanwhile, by whichever tab, does not come back. */
  async update(message: Queued): Promise<void> {
    const order = message.order ?? 0;
    if (this.memory.has(order)) {
      this.memory.set(order, message);
      return;
    }
    await this.run('readwrite', (s) => {
      const there = s.getKey(order);
      there.onsuccess = () => {
        if (there.result !== undefined) s.put(message);
      };
      return there;
    });
  }

  async remove(order: number | undefined): Promise<void> {
    if (order === undefined || this.memory.delete(order)) return;
    await this.run('readwrite', (s) => s.delete(order));
  }

  async clear(): Promise<void> {
    this.memory.clear();
    await this.run('readwrite', (s) => s.clear());
  }

  close(): void {
    void this.database.then((database) => database?.close());
  }

  /** @returns null when it could not be done */
  private async run<T>(
    mode: IDBTransactionMode,
    work: (objects: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | null> {
    const database = await this.database;
    if (!database) return null;
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction(store, mode, { durability: 'strict' });
        const request = work(transaction.objectStore(store));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => resolve(null);
      } catch {
        resolve(null);
      }
    });
  }
}

function open(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(null), patienceMs);
    const done = (database: IDBDatabase | null): void => {
      clearTimeout(timer);
      resolve(database);
    };
    try {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () =>
        request.result.createObjectStore(store, { keyPath: 'order', autoIncrement: true });
      request.onsuccess = () => done(request.result);
      request.onerror = () => done(null);
    } catch {
      done(null);
    }
  });
}
