/** Where a board lies in Redis. All of it carries the tag `{board}`, so that a cluster keeps it in one slot (S4). */
import { EMPTY_HEAD, type Head } from './store.ts';

/** A head as Redis keeps it. */
export const headText = ({ rev, token }: Head): string => `${rev}.${token}`;
export const readHead = (text: string | null): Head => {
  if (text === null) return EMPTY_HEAD;
  const dot = text.indexOf('.');
  return { rev: Number(text.slice(0, dot)), token: text.slice(dot + 1) };
};

export const keysOf = (board: string): readonly [head: string, records: string, tail: string] => [
  `huddle:{${board}}:head`,
  `huddle:{${board}}:records`,
  `huddle:{${board}}:tail`,
];
export const receiptsKey = (board: string, day: number): string => `huddle:{${board}}:receipts:${day}`;
export const channelOf = (board: string): string => `huddle:{${board}}:feed`;
/** Written for the sake of being written: what a replica has of it, it has of all before. */
export const fenceOf = (board: string): string => `huddle:{${board}}:fence`;
