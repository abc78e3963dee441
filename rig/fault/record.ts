/** What a recorded node wrote down, read: the commits of its store, also those whose outcome it did not live to see. */
import { readFileSync } from 'node:fs';
import type { LoggedCommit } from './commit-log.ts';

/** A commit that is about to be asked for, or what the store answered. */
export type RecordedLine =
  | (LoggedCommit & { readonly number: string; readonly board: string })
  | { readonly number: string; readonly kind: 'committed' | 'conflict' | 'known' };

/**
 * The commits of a board, in order. One without an answer was made if a later one builds on it: the node that came after read the store
 * before it wrote. Whether that is right the checker sees, which compares the sum of it all with the store.
 */
export const commitsRecorded = (file: string, board: string): LoggedCommit[] => {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const asked = new Map<string, LoggedCommit>();
  const made = new Map<number, LoggedCommit>();
  const open = new Map<number, LoggedCommit>();
  let latest = 0;
  for (const text of lines) {
    const line = JSON.parse(text) as RecordedLine;
    if ('kind' in line) {
      const commit = asked.get(line.number);
      if (commit === undefined) continue;
      if (open.get(commit.rev) === commit) open.delete(commit.rev);
      if (line.kind === 'committed') made.set(commit.rev, commit);
    } else if (line.board === board) {
      asked.set(line.number, line);
      open.set(line.rev, line);
      latest = Math.max(latest, line.rev);
    }
  }
  for (const [rev, commit] of open) if (rev < latest && !made.has(rev)) made.set(rev, commit);
  return [...made.values()].sort((a, b) => a.rev - b.rev);
};
