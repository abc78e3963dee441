/** The checker that decides about storms: what it must notice, and what is no fault. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Board } from '../../server/src/board/board.ts';
import { newGathering } from '../../server/src/board/gathering.ts';
import { check } from './checker.ts';
import { boardAfter, type LoggedCommit } from './commit-log.ts';
import type { Told } from './history.ts';
import { commitsRecorded, type RecordedLine } from './record.ts';

const END = 2_000_000_000_000;

const gathering = (capacity: number | null): GatheringRecord =>
  newGathering(new Board(), 'g', 0, { title: 'Corner meeting', start: END - 1, end: END, capacity });

const going = (person: string, party: number, rev: number): RsvpRecord => ({
  ...{ id: `rsvp/g:${person}`, type: 'rsvp', rev, gathering: 'g', person },
  ...{ status: 'going', party, at: 0 },
});

const receipt = (id: string, rev: number): LoggedCommit['receipts'][number] => ({ key: `host:${id}`, hash: '', rev });

const cutTo = (capacity: number, id: string): Told => ({
  by: 'host',
  command: { id, type: 'editGathering', gathering: 'g', capacity },
  attempts: [{ invoked: 0, ended: 1, ack: { ok: true, rev: 2 } }],
});

/** What is wrong after these commits, where the store and nobody's phone holds their sum. */
const verdict = (commits: readonly LoggedCommit[], told: readonly Told[] = []): string[] => {
  const stored = { head: { rev: commits.length, token: '' }, records: [...boardAfter(commits).records.values()], tail: [] };
  return check({ told, commits, stored, phones: [], now: 0 });
};

test('B3: more people than seats are noticed', () => {
  const commits = [
    { rev: 1, put: [gathering(3)], gone: [], receipts: [] },
    { rev: 2, put: [going('p', 4, 2)], gone: [], receipts: [] },
  ];
  expect(verdict(commits)).toEqual(['B3: 4 of 3 seats taken at gathering/g, at rev 2']);
});

test('B5: a capacity that is cut in the very commit that filled it drops nobody', () => {
  const commits = [
    { rev: 1, put: [gathering(null)], gone: [], receipts: [] },
    { rev: 2, put: [going('p', 4, 2), gathering(3)], gone: [], receipts: [receipt('cut', 2)] },
  ];
  expect(verdict(commits, [cutTo(3, 'cut')])).toEqual([]);
});

/** The revs that a recorded node's lines tell of the board `b`. */
const revsOf = (lines: readonly RecordedLine[]): number[] => {
  const folder = mkdtempSync(join(tmpdir(), 'huddle-record-'));
  const file = join(folder, 'record.jsonl');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  try {
    return commitsRecorded(file, 'b').map(({ rev }) => rev);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const asked = (number: string, rev: number): RecordedLine => ({ number, board: 'b', rev, put: [], gone: [], receipts: [] });

test('S6: the last commit of a node that was killed counts once the store is seen to stand at it, and not before', () => {
  const lines: RecordedLine[] = [asked('1', 1), { number: '1', kind: 'committed' }, asked('2', 2)];
  expect(revsOf([...lines, { kind: 'stands', board: 'b', rev: 1 }])).toEqual([1]);
  expect(revsOf([...lines, { kind: 'stands', board: 'b', rev: 2 }])).toEqual([1, 2]);
});

test('S6: a commit that took too long counts though another tried the same rev in vain', () => {
  const lines: RecordedLine[] = [asked('1', 1), asked('2', 1), { number: '2', kind: 'conflict' }, { kind: 'stands', board: 'b', rev: 1 }];
  expect(revsOf(lines)).toEqual([1]);
});
