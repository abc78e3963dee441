/** What a recorded node wrote down, read: the commits of its store, also those whose outcome it did not live to see. */
import { readFileSync } from 'node:fs';
import type { LoggedCommit } from './commit-log.ts';

/** A commit that is about to be asked for, what the store answered, or the rev at which the store was seen to stand. */
export type RecordedLine =
  | (LoggedCommit & { readonly number: string; readonly board: string })
  | { readonly number: string; readonly kind: 'committed' | 'conflict' | 'known' }
  | { readonly kind: 'stands'; readonly board: string; readonly rev: number };

/**
 * The commits of a board, in order. One without an answer – its node was killed, or the store took too long – was made if the store stands
 * at its rev later on, or a later one builds on it: whoever writes has read the store before. Whether that is right the checker sees, which
 * compares the sum of it all with the store.
 */
export const commitsRecorded = (file: string, board: string): LoggedCommit[] => {
  const asked = new Map<string, LoggedCommit>();
  const made = new Map<number, LoggedCommit>();
  const open = new Map<number, LoggedCommit[]>();
  let standing = 0;
  for (const text of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const line = JSON.parse(text) as RecordedLine;
    if ('rev' in line) {
      if (line.board !== board) continue;
      standing = Math.max(standing, 'put' in line ? line.rev - 1 : line.rev);
      if (!('put' in line)) continue;
      asked.set(line.number, line);
      open.set(line.rev, [...(open.get(line.rev) ?? []), line]);
      continue;
    }
    const commit = asked.get(line.number);
    if (commit === undefined) continue;
    open.set(commit.rev, open.get(commit.rev)?.filter((other) => other !== commit) ?? []);
    if (line.kind === 'committed') made.set(commit.rev, commit);
  }
  for (const [rev, commits] of open) {
    const last = commits.at(-1);
    if (last !== undefined && rev <= standing && !made.has(rev)) made.set(rev, last);
  }
  return [...made.values()].sort((a, b) => a.rev - b.rev);
};
