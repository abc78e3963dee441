import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openEmbeddedStore, type EmbeddedStore } from './embedded.ts';
import { DataFile } from './embedded-file.ts';
import { troubleOf } from './embedded-trouble.ts';
import { storeContract } from './store.contract.ts';
import { EMPTY_HEAD, loadWhole, type Head, type StoreChange } from './store.ts';

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'huddle-embedded-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const open = async (folder: string): Promise<EmbeddedStore> => {
  const store = await openEmbeddedStore({ folder, now: Date.now });
  cleanups.push(() => store.close());
  return store;
};
const commit = async (store: EmbeddedStore, head: Head, change: Partial<StoreChange>): Promise<Head> => {
  const answer = await store.commit('board', head, { put: [], gone: [], ...change }, []);
  if (answer.kind !== 'committed') throw new Error(answer.kind);
  return answer.head;
};

storeContract('the embedded store', async () => {
  // A crash is the data as it lies on the disk at that moment: the next store opens a copy of it.
  const root = mkdtempSync(join(tmpdir(), 'huddle-embedded-'));
  let folder = join(root, '0');
  let crashes = 0;
  let store: EmbeddedStore | undefined;
  return Promise.resolve({
    async open(now) {
      if (store?.health.reachable !== true) store = await openEmbeddedStore({ folder, now });
      return store;
    },
    crash() {
      const copy = join(root, String(++crashes));
      cpSync(folder, copy, { recursive: true });
      folder = copy;
      return Promise.resolve();
    },
    folders: () => [folder],
    stop() {
      rmSync(root, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
});

describe('the embedded store', { timeout: 30_000 }, () => {
  test('S5: makes its folder, closed to others', async () => {
    const folder = join(newFolder(), 'deep', 'data');
    await open(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('S5: refuses a second store on the same folder, of this process or another, with a sentence', async () => {
    const folder = newFolder();
    const store = await open(folder);
    await expect(openEmbeddedStore({ folder, now: Date.now })).rejects.toThrow(/^This process uses the data file .*huddle\.db already/);
    const script = `import { openEmbeddedStore } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)};
      openEmbeddedStore({ folder: ${JSON.stringify(folder)}, now: Date.now }).then(() => process.exit(7), (error) => { console.log(error.name, error.message); process.exit(3); });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect((await once(child, 'close'))[0]).toBe(3);
    expect(said).toMatch(/^StoreUnfit Another process uses/);
    expect((await loadWhole(store, 'board')).head).toEqual(EMPTY_HEAD);
  });

  test('S5: lets go of the file when closed, so that the next may have it', async () => {
    const folder = newFolder();
    await (await open(folder)).close();
    const again = await open(folder);
    expect(again.health.reachable).toBe(true);
  });

  test('S5: a backup made while commits go on opens as a store of its own', async () => {
    const store = await open(newFolder());
    const head = await commit(store, EMPTY_HEAD, { put: [{ id: 'note/a', type: 'note', rev: 1 }] });
    const folder = newFolder();
    const path = join(folder, 'huddle.db');
    await Promise.all([store.backup(path), commit(store, head, { put: [{ id: 'note/b', type: 'note', rev: 2 }] })]);
    const copy = await loadWhole(await open(folder), 'board');
    expect(copy.head.rev).toBeGreaterThanOrEqual(1);
    expect(copy.records).toHaveLength(copy.head.rev);
    await expect(store.backup(path)).rejects.toThrow(/^The copy to .*huddle\.db failed/);
    expect(store.health.reachable).toBe(true);
    expect((await loadWhole(store, 'board')).head.rev).toBe(2);
  });
});

describe('a damaged data file', { timeout: 30_000 }, () => {
  /** A closed data file with some records, and what it holds. */
  const sound = async (): Promise<{ bytes: Buffer; holds: unknown }> => {
    const folder = newFolder();
    const store = await open(folder);
    let head = EMPTY_HEAD;
    for (let rev = 1; rev <= 60; rev += 1) {
      const put = Array.from({ length: 5 }, (_, index) => ({ id: `note/${rev}-${index}`, type: 'note', rev, text: 'z'.repeat(rev * 7) }));
      head = await commit(store, head, { put });
    }
    const holds = await loadWhole(store, 'board');
    await store.close();
    return { bytes: readFileSync(join(folder, 'huddle.db')), holds };
  };

  /** `refused`: with a sentence; `same`: the damage lies where nothing is kept; `wrong`: it went unnoticed. */
  const verdict = (bytes: Buffer, holds?: unknown): 'refused' | 'same' | 'wrong' => {
    const path = join(newFolder(), 'huddle.db');
    writeFileSync(path, bytes);
    let file: DataFile | undefined;
    try {
      file = new DataFile(path);
      const records: unknown[] = [];
      const { head, tail } = file.load('board', (part) => records.push(...(JSON.parse(part) as unknown[])));
      const found = { head, records, tail: JSON.parse(tail) as unknown };
      return JSON.stringify(found) === JSON.stringify(holds) ? 'same' : 'wrong';
    } catch (error) {
      const { sentence } = troubleOf(error, path);
      if (!sentence.includes('is damaged')) throw error;
      return 'refused';
    } finally {
      file?.close();
    }
  };

  test('S5: a flipped bit is noticed wherever anything is kept', { timeout: 60_000 }, async () => {
    const { bytes, holds } = await sound();
    const verdicts = { refused: 0, same: 0, wrong: 0 };
    for (let flip = 0; flip < 240; flip += 1) {
      const damaged = Buffer.from(bytes);
      const at = Math.floor(((flip + 0.37) * bytes.length) / 240);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (flip % 8));
      verdicts[verdict(damaged, holds)] += 1;
    }
    expect(verdicts.wrong).toBe(0);
    expect(verdicts.refused).toBeGreaterThan(120);
  });

  test('S5: a record that slipped out of its board is missed, also where order does not tell', async () => {
    const { bytes, holds } = await sound();
    // Flips the last letter of `board` in the key of a record: at the end of the table it stays in order.
    for (const [id, bit] of [
      ['note/9-4', 8],
      ['note/30-2', 8],
      ['note/30-2', 1],
      ['note/1-0', 1],
    ] as const) {
      const damaged = Buffer.from(bytes);
      // Pages that were split hold old copies, too.
      for (let at = damaged.indexOf(`board${id}`); at >= 0; at = damaged.indexOf(`board${id}`, at + 1)) {
        const letter = at + 'boar'.length;
        damaged[letter] = (damaged[letter] ?? 0) ^ bit;
      }
      expect([id, bit, verdict(damaged, holds)]).toEqual([id, bit, 'refused']);
    }
  });

  test('S5: a truncated file is refused, emptied too', async () => {
    const { bytes, holds } = await sound();
    for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.999]) {
      expect(verdict(bytes.subarray(0, Math.floor(bytes.length * share)), holds)).toBe('refused');
    }
  });

  test('S5: the store refuses a damaged file with a sentence', async () => {
    const { bytes } = await sound();
    const folder = newFolder();
    writeFileSync(join(folder, 'huddle.db'), bytes.subarray(0, bytes.length / 2));
    await expect(openEmbeddedStore({ folder, now: Date.now })).rejects.toThrow(
      /^The data file .*huddle\.db is damaged \(.*\)\. Restore a backup/,
    );
  });

  test('S5: a file of something else is refused', () => {
    expect(verdict(Buffer.from('not a data file\n'.repeat(1000)))).toBe('refused');
  });

  test('S5: a torn end of the log after a crash costs only what was not acknowledged', async () => {
    const folder = newFolder();
    const store = await open(folder);
    const head = await commit(store, EMPTY_HEAD, { put: [{ id: 'note/a', type: 'note', rev: 1 }] });
    const log = join(folder, 'huddle.db-wal');
    const acknowledged = statSync(log).size;
    await commit(store, head, { put: [{ id: 'note/b', type: 'note', rev: 2 }] });
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    const torn = join(copy, 'huddle.db-wal');
    truncateSync(torn, acknowledged + Math.floor((statSync(torn).size - acknowledged) / 2));
    expect((await loadWhole(await open(copy), 'board')).head).toEqual(head);
  });

  test('S5: an unusable folder is refused with a sentence', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'huddle.db'));
    await expect(openEmbeddedStore({ folder, now: Date.now })).rejects.toThrow(/huddle\.db is a folder, where the data file must be/);
    writeFileSync(join(folder, 'file'), '');
    await expect(openEmbeddedStore({ folder: join(folder, 'file', 'data'), now: Date.now })).rejects.toThrow(
      /^The data folder .* cannot be made/,
    );
    expect(existsSync(join(folder, 'file'))).toBe(true);
  });

  test.each([
    ['SQLITE_FULL', 'away', /is full/],
    ['SQLITE_IOERR_FSYNC', 'unfit', /fails \(SQLITE_IOERR_FSYNC: disk I\/O error\)/],
    ['SQLITE_CORRUPT', 'unfit', /is damaged/],
    ['SQLITE_READONLY', 'unfit', /permissions/],
  ])('R9: %s becomes a sentence', (code, kind, sentence) => {
    const trouble = troubleOf(Object.assign(new Error('disk I/O error'), { code }), '/data/huddle.db');
    expect(trouble.kind).toBe(kind);
    expect(trouble.sentence).toMatch(sentence);
  });
});
