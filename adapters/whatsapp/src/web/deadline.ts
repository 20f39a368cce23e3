export class DeadlineError extends Error {
  constructor(what: string) {
    super(`${what} took too long`);
    this.name = 'DeadlineError';
  }
}

/** @throws DeadlineError when the work is not done after `ms`; the work itself is not stopped */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(what)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
