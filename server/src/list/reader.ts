/** Reading a list beside the event loop, in bounded time and memory. */
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../worker.ts';
import type { List } from './import.ts';
import type { ListWish } from './list-worker.ts';

/** How long one list may be read, waiting for its turn not counted. 10 MB take a second or two. */
const PATIENCE_MS = 30_000;
/** Memory of the thread; a list that wants more ends the thread, and not the node. */
const MEMORY_MB = 512;

const unread = (reason: string): List => ({ entries: [], problems: [{ line: 0, reason }] });

/** The one that is being read: lists of 10 MB are read one after the other. */
let turn: Promise<unknown> = Promise.resolve();

const readNow = async (worker: Worker, patienceMs: number): Promise<List> => {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<List>((resolve) => {
      timer = setTimeout(() => resolve(unread('the file takes too long to read: bring it in parts')), patienceMs);
      worker.once('message', (list: List) => resolve(list));
      worker.once('error', () => resolve(unread('the file cannot be read as such a list: bring it in parts')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
};

/** As `readList`, in a thread of its own. Never rejects: what could not be read at all is a problem of the whole file. */
export const readListApart = (wish: ListWish, patienceMs = PATIENCE_MS): Promise<List> => {
  const list = turn.then(() =>
    readNow(
      startWorker(new URL('./list-worker.ts', import.meta.url), {
        workerData: wish,
        resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      }),
      patienceMs,
    ),
  );
  turn = list;
  return list;
};
