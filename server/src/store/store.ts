/**
 * What every store can do (S1). Twins: `embedded.ts` and `redis.ts`, both run by `store.contract.ts`.
 */
import type { StoredRecord } from '../board/records.ts';

/** The state of a board in the store: its revision, and the random token of the commit that made it (S2). Rev 0: nothing yet. */
export interface Head {
  readonly rev: number;
  readonly token: string;
}

/** The head of a board that has never been written. */
export const EMPTY_HEAD: Head = { rev: 0, token: '0' };

export const sameHead = (a: Head, b: Head): boolean => a.rev === b.rev && a.token === b.token;

/** What a commit writes. Records carry the rev they will have: `head.rev + 1`. */
export interface StoreChange {
  readonly put: readonly StoredRecord[];
  readonly gone: readonly string[];
}

/** One or more commits as one step: from `follows` to `head`. */
export interface Publication extends StoreChange {
  readonly follows: Head;
  readonly head: Head;
}

/** Proof that a command took effect (B7). */
export interface Receipt {
  /** Who and which command: `<person>:<command id>`. */
  readonly key: string;
  /** SHA-256 of the command, so that the same id with another body is noticed. */
  readonly hash: string;
  /** The rev that holds the effect. */
  readonly rev: number;
  /** What the command answered; JSON. */
  readonly result?: unknown;
}

/** One commit as the tail remembers it: ids, no content (S4). */
export interface TailEntry {
  readonly head: Head;
  /** Ids of the records put or gone. */
  readonly ids: readonly string[];
}

/** A board beside its records. */
export interface BoardState {
  readonly head: Head;
  /** The last commits, oldest first, contiguous up to `head`; from it a node seeds its ring (N6). */
  readonly tail: readonly TailEntry[];
}

/** A whole board, as stored. */
export interface StoredBoard extends BoardState {
  readonly records: readonly StoredRecord[];
}

export type CommitAnswer =
  /** Durable, and published. */
  | { readonly kind: 'committed'; readonly head: Head }
  /** The head was not the one named; nothing was written. */
  | { readonly kind: 'conflict' }
  /** Some of these commands have taken effect before; nothing was written. */
  | { readonly kind: 'known'; readonly receipts: readonly Receipt[] };

export type SinceAnswer =
  /** What changed after the head named, with current records; empty when nothing did. */
  | { readonly kind: 'change'; readonly change: Publication; readonly tail: readonly TailEntry[] }
  /** The rev named exists with another token, or lies ahead of the store: history was lost (S2). */
  | { readonly kind: 'fork' }
  /** The tail does not reach back that far, or too much has changed since: load. */
  | { readonly kind: 'tooFar' };

/** The store cannot be reached, or did not answer in time. A commit that ends so is *unknown* (S6). */
export class StoreAway extends Error {
  override readonly name = 'StoreAway';
}

/** The store must not be used as it is: unsafe settings, damage, a second process. The message says what to do; the process ends. */
export class StoreUnfit extends Error {
  override readonly name = 'StoreUnfit';
}

/** Whether commits survive a power loss, and whether the store answers. */
export interface StoreHealth {
  readonly reachable: boolean;
  readonly durability: 'full' | 'relaxed';
}

/** How many commits the tail keeps. */
export const TAIL_LENGTH = 2000;

/** The most records that `since` returns; whoever missed more is as quick to load. */
export const SINCE_RECORDS = 10_000;

/** How long a store call may take before it counts as away. */
export const STORE_TIMEOUT_MS = 900;

export interface Store {
  /**
   * The whole board as it was at one moment; a board never written has `EMPTY_HEAD` and nothing. `take` gets it in parts, each a change to what
   * the parts before it hold, so that a large board keeps neither the store nor the node from everything else. @throws StoreAway when it
   * could not be read to its end: what `take` got is of no use then
   */
  load(board: string, take: (part: StoreChange) => void): Promise<BoardState>;
  /**
   * All or nothing: if the board's head is `head` and none of the receipts is known, writes change and receipts as rev `head.rev + 1`
   * with a fresh token, durably, then publishes. @throws StoreAway when the outcome is unknown (S6)
   */
  commit(board: string, head: Head, change: StoreChange, receipts: readonly Receipt[]): Promise<CommitAnswer>;
  /** What changed after `head`. @throws StoreAway */
  since(board: string, head: Head): Promise<SinceAnswer>;
  /** Receipts of those keys that took effect today or yesterday. @throws StoreAway */
  receipts(board: string, keys: readonly string[]): Promise<readonly Receipt[]>;
  /** The heads of these boards, in order (S3: compared every 2 s). @throws StoreAway */
  heads(boards: readonly string[]): Promise<readonly Head[]>;
  /**
   * What has been written over or taken away until now is gone from the disk, too – of the data in use; copies that somebody made are
   * theirs to delete. Commits wait meanwhile no longer than a short board takes to load. @throws StoreAway when it could not be done
   */
  erase(): Promise<void>;
  /** Calls `listener` with every publication of the board – possibly lost, doubled or late. Resolves once it listens. */
  watch(board: string, listener: (publication: Publication) => void): Promise<() => Promise<void>>;
  /** Calls `listener` at each change of health. */
  onHealth(listener: (health: StoreHealth) => void): void;
  readonly health: StoreHealth;
  /** Finishes what is under way and lets go of the store. */
  close(): Promise<void>;
}

/** The whole board at once. @throws StoreAway */
export const loadWhole = async (store: Pick<Store, 'load'>, board: string): Promise<StoredBoard> => {
  const records = new Map<string, StoredRecord>();
  const { head, tail } = await store.load(board, ({ put, gone }) => {
    for (const record of put) records.set(record.id, record);
    for (const id of gone) records.delete(id);
  });
  return { head, records: [...records.values()], tail };
};
