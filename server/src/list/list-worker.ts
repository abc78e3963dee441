/** The thread in which one list is read: up to 10 MB of what strangers wrote, while the event loop has phones to serve. */
import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { idFrom } from '@huddle/shared/ids.ts';
import type { ListContext } from './entry.ts';
import type { ListFormat } from './format.ts';
import { readList } from './import.ts';

/** What the thread is told. */
export interface ListWish {
  readonly bytes: Uint8Array;
  readonly format: ListFormat;
  readonly context: Omit<ListContext, 'makeId'>;
}

const { bytes, format, context } = workerData as ListWish;
parentPort?.postMessage(readList(bytes, format, { ...context, makeId: () => idFrom(randomBytes(12)) }));
