/** Waiting for a condition instead of for a time. */

/** Looked at every few milliseconds until it holds. Gives what the check gave. @throws after `withinMs`, saying what did not come about */
export const eventually = async <T>(what: string, check: () => T | Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> => {
  const deadline = Date.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await check();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`did not come about within ${withinMs} ms: ${what}`, { cause: last });
    await pause(10);
  }
};

/** The promise, or an error once `withinMs` are over. */
export const within = async <T>(what: string, promise: Promise<T>, withinMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${withinMs} ms`)), withinMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** For pacing load and reconnects; a test waits for a condition. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
