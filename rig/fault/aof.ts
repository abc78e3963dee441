/** Reads what Redis has written down: its append-only file tells every commit, also those whose records were overwritten long ago. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReceipt, readRecord } from '../../server/src/store/commit.ts';
import type { LoggedCommit } from './commit-log.ts';

const CR = 13;

/** The commands of one file. What a crash has torn off at the end was never acknowledged. */
function* commandsOf(bytes: Buffer): Generator<string[]> {
  let at = 0;
  const line = (): string | undefined => {
    const end = bytes.indexOf(CR, at);
    if (end < 0 || end + 1 >= bytes.length) return undefined;
    const text = bytes.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const head = line();
    if (head === undefined) return;
    if (head.startsWith('#')) continue; // a timestamp
    if (!head.startsWith('*')) throw new Error(`no append-only file: ${head.slice(0, 20)}`);
    const words: string[] = [];
    for (let left = Number(head.slice(1)); left > 0; left -= 1) {
      const length = Number(line()?.slice(1) ?? NaN);
      if (Number.isNaN(length) || at + length + 2 > bytes.length) return;
      words.push(bytes.toString('utf8', at, at + length));
      at += length + 2;
    }
    yield words;
  }
}

/** A base file without keys, which every run begins with, is smaller than that. */
const EMPTY_BASE = 250;

/** All commands since the server was first started. @throws where it has rewritten its file, which tells no history */
function* history(folder: string): Generator<string[]> {
  const files = readdirSync(folder).filter((name) => /\.(?:base\.rdb|incr\.aof)$/.test(name));
  const numbered = files
    .map((name) => ({ name, number: Number(/\.(\d+)\.(?:base|incr)\./.exec(name)?.[1]) }))
    .sort((a, b) => a.number - b.number);
  for (const { name } of numbered) {
    const bytes = readFileSync(join(folder, name));
    if (name.endsWith('.rdb')) {
      if (bytes.length > EMPTY_BASE) throw new Error(`${name} holds keys: the history before it is lost`);
    } else yield* commandsOf(bytes);
  }
}

const pairs = (words: readonly string[]): string[] => words.filter((_, index) => index % 2 === 1);

/** The commit that one transaction made, if it made one on that board. */
const commitOf = (transaction: readonly string[][], board: string): LoggedCommit | undefined => {
  const key = (name: string): string => `huddle:{${board}}:${name}`;
  const of = (command: string, matches: (key: string) => boolean): string[] =>
    transaction.filter(([verb = '', on = '']) => verb.toUpperCase() === command && matches(on)).flatMap((words) => words.slice(2));
  const [head] = of('SET', (on) => on === key('head'));
  if (head === undefined) return undefined;
  return {
    rev: Number.parseInt(head),
    put: pairs(of('HSET', (on) => on === key('records'))).map(readRecord),
    gone: of('HDEL', (on) => on === key('records')),
    receipts: pairs(of('HSET', (on) => on.startsWith(key('receipts')))).map(readReceipt),
  };
};

/** Every commit of a board since the last FLUSHALL, from the folder of a Redis whose file was never rewritten. */
export const commitsInRedis = (folder: string, board: string): LoggedCommit[] => {
  const commits: LoggedCommit[] = [];
  let transaction: string[][] | undefined;
  for (const words of history(join(folder, 'appendonlydir'))) {
    const verb = words[0]?.toUpperCase();
    if (verb === 'FLUSHALL') commits.length = 0;
    else if (verb === 'MULTI') transaction = [];
    else if (verb === 'EXEC') {
      const commit = commitOf(transaction ?? [], board);
      if (commit !== undefined) commits.push(commit);
      transaction = undefined;
    } else transaction?.push(words);
  }
  return commits;
};
