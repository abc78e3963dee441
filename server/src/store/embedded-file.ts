/**
 * The embedded store's data file: SQLite, in write-ahead mode, synced at every commit, locked against a second process (S5). Runs in
 * the worker thread; every call blocks until the disk has answered.
 *
 * Names are BLOBs like values, because a damaged TEXT (broken UTF-8) aborts the whole process inside the library.
 */
import Database from 'libsql';
import { receiptDays, type Entry, type PreparedCommit } from './commit.ts';
import { checked, checkFirstPage, FORMAT, packed, SETTINGS, sumOf, TABLES, unpack, type Column, type Names } from './embedded-format.ts';
import { Damage } from './embedded-trouble.ts';
import { EMPTY_HEAD, SINCE_RECORDS, TAIL_LENGTH, sameHead, type Head, type Receipt, type TailEntry } from './store.ts';

/** How many records are read at once: while they are made sense of elsewhere, the next are read. */
const PART = 2000;

/** A board beside its records. */
export interface BoardFile {
  readonly head: Head;
  /** One JSON array of tail entries, oldest first. */
  readonly tail: string;
}

export type CommitOutcome =
  { readonly kind: 'committed' } | { readonly kind: 'conflict' } | { readonly kind: 'known'; readonly receipts: Receipt[] };

export type SinceOutcome =
  | {
      readonly kind: 'change';
      readonly head: Head;
      readonly put: string;
      readonly gone: readonly string[];
      readonly tail: readonly TailEntry[];
    }
  | { readonly kind: 'fork' }
  | { readonly kind: 'tooFar' };

export class DataFile {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  /** Opens, locks and checks the file, or makes a new one. @throws Damage, and errors of the library */
  constructor(path: string) {
    checkFirstPage(path);
    this.#db = new Database(path);
    try {
      for (const setting of SETTINGS) this.#db.exec(`PRAGMA ${setting}`);
      // The first write takes the lock, and keeps it.
      this.#transaction(() => this.#prepareTables());
      // From now on the first page is never written for the first time, so that a torn write cannot leave half a list of tables.
      this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      this.#checkWhole();
    } catch (error) {
      this.#letGo();
      throw error;
    }
  }

  #prepareTables(): void {
    const format = this.#number('PRAGMA user_version');
    const tables = this.#number("SELECT count(*) FROM sqlite_master WHERE type = 'table'");
    if (format === 0 && tables === 0) this.#db.exec(`${Object.values(TABLES).join('; ')}; PRAGMA user_version = ${FORMAT};`);
    else if (format !== FORMAT) throw new Damage(`format ${format}, where this release knows ${FORMAT}`);
  }

  /** `integrity_check` costs 35 ms for 100,000 records, so it runs at every start, not only after an unclean stop. */
  #checkWhole(): void {
    const [verdict] = this.#db.prepare('PRAGMA integrity_check(1)').raw().get() as [string];
    // Its last line says what; those before, where.
    if (verdict !== 'ok') throw new Damage(verdict.split('\n').at(-1));
    const lost = this.#number(
      'SELECT count(*) FROM (SELECT board FROM record UNION SELECT board FROM tail) WHERE board NOT IN (SELECT board FROM head)',
    );
    if (lost > 0) throw new Damage('records of a board that does not exist');
  }

  /** @param take gets all records, in JSON arrays of some thousands */
  load(board: string, take: (records: string) => void): BoardFile {
    const head = this.head(board);
    let left = this.#number('SELECT count(*) FROM record WHERE board = ?', board);
    let last: string | Buffer = '';
    while (left > 0) {
      const rows = `(SELECT * FROM record WHERE board = ? AND id > ? ORDER BY id LIMIT ${PART})`;
      const [id, ...columns]: Column[] = this.#row(`SELECT max(id), ${packed('id')} FROM ${rows}`, board, last) ?? [];
      // Under a damaged name a record is not found, or found twice.
      if (!Buffer.isBuffer(id)) throw new Damage(`${left} records are not where they belong`);
      take(unpack([board], columns));
      last = id;
      left -= Number(columns[0]);
    }
    if (left < 0) throw new Damage(`${-left} records are not where they belong`);
    return { head, tail: this.#tail(board, head.rev - TAIL_LENGTH) };
  }

  head(board: string): Head {
    const row = this.#row('SELECT value, crc FROM head WHERE board = ?', board);
    return row ? (JSON.parse(checked([board], row[0], row[1]).toString()) as Head) : EMPTY_HEAD;
  }

  receipts(board: string, keys: readonly string[], today: number): Receipt[] {
    const found: Receipt[] = [];
    for (const day of receiptDays(today)) {
      // The order is given: SQLite would walk through all receipts of the day instead.
      const rows = `json_each(CAST(? AS TEXT)) AS asked CROSS JOIN receipt ON day = ? AND board = ? AND receipt.key = CAST(asked.value AS BLOB)`;
      const row = this.#row(`SELECT ${packed('receipt.key', 'receipt.value')} FROM ${rows}`, JSON.stringify(keys), day, board);
      found.push(...(JSON.parse(unpack([day, board], row)) as Receipt[]));
    }
    return found;
  }

  /** One transaction; durable when it returns. */
  commit(board: string, commit: PreparedCommit, today: number): CommitOutcome {
    return this.#transaction((): CommitOutcome => {
      const known = this.receipts(
        board,
        commit.receipts.map(([key]) => key),
        today,
      );
      if (known.length > 0) return { kind: 'known', receipts: known };
      if (!sameHead(this.head(board), commit.follows)) return { kind: 'conflict' };
      for (const id of commit.gone) this.#run('DELETE FROM record WHERE board = ? AND id = ?', board, id);
      this.#writeAll('record (board, id, value, crc)', [board], commit.put);
      this.#write('head (board, value, crc)', [board], JSON.stringify(commit.head));
      this.#write('tail (board, rev, value, crc)', [board, commit.head.rev], commit.tailEntry);
      this.#run('DELETE FROM tail WHERE board = ? AND rev <= ?', board, commit.head.rev - TAIL_LENGTH);
      this.#writeReceipts(board, commit.receipts, today);
      return { kind: 'committed' };
    });
  }

  #writeReceipts(board: string, receipts: readonly Entry[], today: number): void {
    if (receipts.length === 0) return;
    this.#run('DELETE FROM receipt WHERE day < ?', Math.min(...receiptDays(today)));
    this.#writeAll('receipt (day, board, key, value, crc)', [today, board], receipts);
  }

  since(board: string, head: Head): SinceOutcome {
    const now = this.head(board);
    if (sameHead(now, head)) return { kind: 'change', head: now, put: '[]', gone: [], tail: [] };
    if (head.rev >= now.rev) return { kind: 'fork' };
    // The entry of the rev asked for tells its token.
    const entries = JSON.parse(this.#tail(board, head.rev - 1)) as TailEntry[];
    if (head.rev > 0) {
      const asked = entries.shift();
      if (asked?.head.rev !== head.rev) return { kind: 'tooFar' };
      if (!sameHead(asked.head, head)) return { kind: 'fork' };
    } else if (!sameHead(head, EMPTY_HEAD)) return { kind: 'fork' };
    if (entries.length < now.rev - head.rev) return { kind: 'tooFar' };
    const ids = new Set(entries.flatMap((entry) => entry.ids));
    if (ids.size > SINCE_RECORDS) return { kind: 'tooFar' };
    return { kind: 'change', head: now, ...this.#current(board, ids), tail: entries };
  }

  /** These records as they are now. */
  #current(board: string, ids: ReadonlySet<string>): { put: string; gone: string[] } {
    const put: Buffer[] = [];
    const gone: string[] = [];
    for (const id of ids) {
      const row = this.#row('SELECT value, crc FROM record WHERE board = ? AND id = ?', board, id);
      if (row) put.push(checked([board, id], row[0], row[1]));
      else gone.push(id);
    }
    return { put: `[${put.map(String).join(',')}]`, gone };
  }

  /** Tail entries after that rev, oldest first, as one JSON array. */
  #tail(board: string, after: number): string {
    const rows = '(SELECT * FROM tail WHERE board = ? AND rev > ? ORDER BY rev)';
    return unpack([board], this.#row(`SELECT ${packed('rev')} FROM ${rows}`, board, after));
  }

  /** A complete copy as one file, while others go on writing. `path` must not exist. */
  backup(path: string): void {
    this.#db.prepare('VACUUM INTO ?').run([path]);
  }

  /**
   * Writes the file anew with what stands in it, because SQLite leaves what was deleted lying between the rest; and empties the log, which
   * holds older pages.
   */
  erase(): void {
    // Compiled statements would be in its way.
    this.#statements.clear();
    this.#db.exec('VACUUM');
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#letGo();
  }

  #letGo(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      try {
        this.#db.exec('ROLLBACK');
      } catch {
        // SQLite has rolled back by itself; the first error says why.
      }
      throw error;
    }
  }

  #write(into: string, names: Names, json: string): void {
    const value = Buffer.from(json);
    const marks = names.map(() => '?').join(', ');
    this.#run(`INSERT OR REPLACE INTO ${into} VALUES (${marks}, ?, ?)`, ...names, value, sumOf(names, value));
  }

  /** Many values under one name each: asked for at once, because a call of the library takes longer than a row of SQLite. */
  #writeAll(into: string, names: Names, entries: readonly Entry[]): void {
    const rows = entries.map(([name, json]) => [name, json, sumOf([...names, name], Buffer.from(json))]);
    const columns = [...names.map(() => '?'), 'CAST(value ->> 0 AS BLOB), CAST(value ->> 1 AS BLOB), value ->> 2'].join(', ');
    this.#run(`INSERT OR REPLACE INTO ${into} SELECT ${columns} FROM json_each(CAST(? AS TEXT))`, ...names, JSON.stringify(rows));
  }

  #statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, ...values: readonly (string | number | Buffer)[]): void {
    this.#statement(sql).run(bound(values));
  }

  #row(sql: string, ...values: readonly (string | number | Buffer)[]): Column[] | undefined {
    return this.#statement(sql).raw().get(bound(values)) as Column[] | undefined;
  }

  #number(sql: string, ...values: readonly string[]): number {
    const [value] = this.#db.prepare(sql).raw().get(bound(values)) as [number];
    return value;
  }
}

/** Always as one array: a single Buffer would pass for an object of named parameters, which ends the process inside the library. */
const bound = (values: readonly (string | number | Buffer)[]): (number | Buffer)[] =>
  values.map((value) => (typeof value === 'string' ? Buffer.from(value) : value));
