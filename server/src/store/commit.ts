/** What both stores prepare for a commit: the next head, and everything that is written, as text. */
import { randomBytes } from 'node:crypto';
import type { StoredRecord } from '../board/records.ts';
import type { Head, Publication, Receipt, StoreChange, TailEntry } from './store.ts';

/** A name and the JSON stored under it. */
export type Entry = readonly [name: string, json: string];

/** One commit, ready to be written. */
export interface PreparedCommit {
  readonly follows: Head;
  readonly head: Head;
  /** Records by id. */
  readonly put: readonly Entry[];
  readonly gone: readonly string[];
  /** Receipts by key. */
  readonly receipts: readonly Entry[];
  /** The {@link TailEntry} as JSON. */
  readonly tailEntry: string;
}

/** Random, so that a rev that comes back after a lost failover is told from the one that was lost (S2). No dot: it ends a cursor. */
const newToken = (): string => randomBytes(9).toString('base64url');

export const prepareCommit = (follows: Head, change: StoreChange, receipts: readonly Receipt[]): PreparedCommit => {
  const head: Head = { rev: follows.rev + 1, token: newToken() };
  const ids = new Set([...change.put.map((record) => record.id), ...change.gone]);
  const entry: TailEntry = { head, ids: [...ids] };
  return {
    follows,
    head,
    put: change.put.map((record): Entry => [record.id, JSON.stringify(record)]),
    gone: change.gone,
    receipts: receipts.map((receipt): Entry => [receipt.key, JSON.stringify(receipt)]),
    tailEntry: JSON.stringify(entry),
  };
};

/** A {@link Publication} as JSON, from records that are JSON already. */
export const publicationJson = (commit: PreparedCommit): string => {
  const put = commit.put.map(([, json]) => json).join(',');
  const rest = JSON.stringify({ follows: commit.follows, head: commit.head, gone: commit.gone });
  return `{"put":[${put}],${rest.slice(1)}`;
};

/** Stored JSON read back; its shape is what this module's callers wrote. */
export const readRecord = (json: string): StoredRecord => JSON.parse(json) as StoredRecord;
export const readReceipt = (json: string): Receipt => JSON.parse(json) as Receipt;
export const readTailEntry = (json: string): TailEntry => JSON.parse(json) as TailEntry;
export const readPublication = (json: string): Publication => JSON.parse(json) as Publication;

const DAY_MS = 86_400_000;

/** The bucket that receipts written at `now` go to: days since the epoch, UTC (B7). */
export const receiptDay = (now: number): number => Math.floor(now / DAY_MS);

/**
 * The buckets in which a receipt may be found. Tomorrow's too: at midnight another node's clock may run ahead, and its receipts must
 * be seen by those whose clocks do not.
 */
export const receiptDays = (today: number): readonly number[] => [today - 1, today, today + 1];
