/** How the embedded store's data file is laid out, and how damage to it is found (S5). */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Damage } from './embedded-trouble.ts';

/** Raised when tables change; a file of another format is refused. */
export const FORMAT = 1;

/** Every value carries the crc32 of its names and content: a flipped bit is found when it is read. */
export const TABLES = {
  head: 'CREATE TABLE head (board BLOB PRIMARY KEY, value BLOB NOT NULL, crc INTEGER NOT NULL) WITHOUT ROWID',
  record: 'CREATE TABLE record (board BLOB, id BLOB, value BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (board, id)) WITHOUT ROWID',
  tail: 'CREATE TABLE tail (board BLOB, rev INTEGER, value BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (board, rev)) WITHOUT ROWID',
  receipt:
    'CREATE TABLE receipt (day INTEGER, board BLOB, key BLOB, value BLOB NOT NULL, crc INTEGER NOT NULL, PRIMARY KEY (day, board, key)) WITHOUT ROWID',
};

/**
 * How the file is used. Records and receipts lie under names that chance made, so that every RSVP touches pages of its own: with SQLite's log of
 * 1,000 pages and 2 MB of memory the same pages would be written to the file, and read again, all the time.
 */
export const SETTINGS = [
  ...['locking_mode = EXCLUSIVE', 'cell_size_check = ON', 'journal_mode = WAL', 'synchronous = FULL'],
  ...['wal_autocheckpoint = 4000', 'cache_size = -16000'],
];

const PAGE = 4096;
/** Where the first page says how many tables it lists (SQLite file format, 1.6). */
const TABLE_COUNT_AT = 103;

/**
 * Checks the first page before SQLite sees it: names of tables and columns are TEXT, and damaged TEXT ends the process inside the library.
 * A page that lists nothing belongs to a file whose beginning still lies in its log, where SQLite has checksums of its own.
 */
export const checkFirstPage = (path: string): void => {
  if (!existsSync(path)) return;
  const page = Buffer.alloc(PAGE);
  const file = openSync(path, 'r');
  try {
    // A file that exists has a first page from its first moment on; an emptied one must not pass as new.
    if (readSync(file, page, 0, PAGE, 0) < PAGE) throw new Damage('the first page is missing');
  } finally {
    closeSync(file);
  }
  if (!page.subarray(0, 16).equals(Buffer.from('SQLite format 3\0'))) throw new Damage('it is no data file');
  if (page.readUInt16BE(TABLE_COUNT_AT) === 0) return;
  for (const [name, sql] of Object.entries(TABLES)) {
    if (!page.includes(`table${name}${name}`) || !page.includes(sql)) throw new Damage(`the table ${name} is not as it was made`);
  }
};

/** A column as the library hands it out with `.get()`; `.all()` would give ArrayBuffer for Buffer. */
export type Column = Buffer | number | null;

/** A BLOB's bytes. @throws Damage */
const bytesOf = (column: Column | undefined): Buffer => {
  if (Buffer.isBuffer(column)) return column;
  throw new Damage('a value of the wrong kind');
};

const NOTHING = Buffer.alloc(0);

/** What a value is stored under. */
export type Names = readonly (string | number | Buffer)[];

/** crc32 of a value and of the names that it is stored under. */
export const sumOf = (names: Names, value: Buffer): number => {
  let sum = 0;
  for (const name of names) sum = crc32(typeof name === 'number' ? String(name) : name, sum);
  return crc32(value, sum);
};

/** The value, if its checksum is right. @throws Damage */
export const checked = (names: Names, value: Column | undefined, sum: Column | undefined): Buffer => {
  const bytes = bytesOf(value);
  if (sumOf(names, bytes) !== sum) throw new Damage(`checksum of ${names.map(String).join(' ')}`);
  return bytes;
};

/** As bytes, because a damaged TEXT ends the process inside the library. */
const joined = (column: string, separator: string): string => `CAST(group_concat(${column}, '${separator}') AS BLOB)`;

/**
 * Columns that hold any number of rows: how many, their checksums, the lengths of names and of values, and they themselves. The library takes
 * ten times as long to hand out a row as SQLite to read it.
 */
export const packed = (name: string, value = 'value'): string =>
  [
    'count(*)',
    ...['crc', `length(${name})`, `length(${value})`].map((column) => joined(column, ',')),
    joined(name, ''),
    joined(value, ','),
  ].join(', ');

/** @throws Damage */
const numbersOf = (column: Column | undefined): number[] => {
  const text = bytesOf(column).toString();
  try {
    return JSON.parse(`[${text}]`) as number[];
  } catch {
    throw new Damage('a value of the wrong kind');
  }
};

/** The values of {@link packed} rows, each checked, as one JSON array. @throws Damage */
export const unpack = (
  names: Names,
  [count, sums, nameLengths, valueLengths, nameBytes, valueBytes]: readonly (Column | undefined)[] = [],
): string => {
  if (count === undefined || count === 0) return '[]';
  const [sum, nameLength, valueLength] = [numbersOf(sums), numbersOf(nameLengths), numbersOf(valueLengths)];
  const [name, value] = [bytesOf(nameBytes), bytesOf(valueBytes)];
  // A row with a column that is not there leaves nothing behind.
  if ([sum, nameLength, valueLength].some(({ length }) => length !== count)) throw new Damage('a value of the wrong kind');
  const start = sumOf(names, NOTHING);
  let [nameAt, valueAt] = [0, 0];
  for (const [index, expected] of sum.entries()) {
    const nameEnd = nameAt + (nameLength[index] ?? 0);
    const valueEnd = valueAt + (valueLength[index] ?? 0);
    const found = crc32(value.subarray(valueAt, valueEnd), crc32(name.subarray(nameAt, nameEnd), start));
    if (found !== expected) throw new Damage(`checksum of ${[...names, name.subarray(nameAt, nameEnd)].map(String).join(' ')}`);
    // A comma comes between two values.
    [nameAt, valueAt] = [nameEnd, valueEnd + 1];
  }
  if (nameAt !== name.length || valueAt !== value.length + 1) throw new Damage('a value of the wrong kind');
  return `[${value.toString()}]`;
};
