/** A board's commits in the order in which the store made them, and what they add up to. */
import { Board } from '../../server/src/board/board.ts';
import type { StoredRecord } from '../../server/src/board/records.ts';
import type { Receipt } from '../../server/src/store/store.ts';

/** One commit as it was written. */
export interface LoggedCommit {
  readonly rev: number;
  readonly put: readonly StoredRecord[];
  readonly gone: readonly string[];
  /** In the order in which their commands were decided. */
  readonly receipts: readonly Receipt[];
}

/** The board after those commits. */
export const boardAfter = (commits: readonly LoggedCommit[]): Board => {
  const records = new Map<string, StoredRecord>();
  for (const { put, gone } of commits) {
    for (const id of gone) records.delete(id);
    for (const record of put) records.set(record.id, record);
  }
  const board = new Board();
  for (const record of records.values()) board.put(record.id, record);
  board.rev = commits.at(-1)?.rev ?? 0;
  return board;
};
