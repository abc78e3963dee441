/** What every store promises (S1–S6), as one suite. A store's own tests run it on a rig that they bring. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StoredRecord } from '../board/records.ts';
import {
  EMPTY_HEAD,
  StoreAway,
  SINCE_RECORDS,
  TAIL_LENGTH,
  loadWhole,
  sameHead,
  type CommitAnswer,
  type Head,
  type Publication,
  type Receipt,
  type Store,
  type StoreChange,
} from './store.ts';

/** What a contract run needs of the store's surroundings. */
export interface StoreRig {
  /** Opens a store on the rig's data; `now` is its clock, epoch ms. Where only one may be open, opening again returns that one. */
  open(now: () => number): Promise<Store>;
  /** The machine stops without a word while stores are open, and comes back with what was durable. */
  crash(): Promise<void>;
  stop(): Promise<void>;
  /** Where its files lie now. */
  folders(): readonly string[];
}

const DAY_MS = 86_400_000;
const NOON = 20_000 * DAY_MS + DAY_MS / 2;

interface Note extends StoredRecord {
  readonly text?: string;
  readonly count?: number;
}

const note = (key: string, rev: number, fields: Omit<Note, 'id' | 'type' | 'rev'> = {}): Note => ({
  id: `note/${key}`,
  type: 'note',
  rev,
  ...fields,
});
const receipt = (person: string, id: string, rev: number, result?: unknown): Receipt => ({
  key: `${person}:${id}`,
  hash: `hash of ${id}`,
  rev,
  ...(result === undefined ? {} : { result }),
});

const committed = (answer: CommitAnswer): Head => {
  if (answer.kind !== 'committed') throw new Error(`expected a commit, got ${answer.kind}`);
  return answer.head;
};

const byId = (records: readonly StoredRecord[]): StoredRecord[] => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

/** The files in which that text stands, byte for byte. */
const holding = (text: string, folders: readonly string[]): string[] =>
  folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => readFileSync(file).includes(text));

/** Follows a board the way a node does (S3): applies what follows, drops what is old, asks for everything else. */
class Follower {
  head: Head = EMPTY_HEAD;
  readonly records = new Map<string, StoredRecord>();

  constructor(
    private readonly store: Store,
    private readonly board: string,
  ) {}

  async take(publication: Publication): Promise<void> {
    if (publication.head.rev <= this.head.rev) return;
    if (sameHead(publication.follows, this.head)) this.#apply(publication);
    else await this.catchUp();
  }

  async catchUp(): Promise<void> {
    const answer = await this.store.since(this.board, this.head);
    if (answer.kind === 'change') {
      this.#apply(answer.change);
      return;
    }
    const { head, records } = await loadWhole(this.store, this.board);
    this.head = head;
    this.records.clear();
    for (const record of records) this.records.set(record.id, record);
  }

  #apply(change: Publication): void {
    for (const id of change.gone) this.records.delete(id);
    for (const record of change.put) this.records.set(record.id, record);
    this.head = change.head;
  }
}

export const storeContract = (name: string, makeRig: () => Promise<StoreRig>): void => {
  describe(`${name} keeps the store's contract`, { timeout: 60_000 }, () => {
    let rig: StoreRig;
    let store: Store;
    let now = NOON;
    let boards = 0;
    let board = '';
    const opened = new Set<Store>();
    const open = async (): Promise<Store> => {
      const another = await rig.open(() => now);
      opened.add(another);
      return another;
    };
    const closeAll = async (): Promise<void> => {
      await Promise.all([...opened].map((each) => each.close()));
      opened.clear();
    };

    beforeAll(async () => {
      rig = await makeRig();
      store = await open();
    });
    afterAll(async () => {
      await closeAll();
      await rig.stop();
    });
    beforeEach(() => {
      now = NOON;
      board = `board-${++boards}`;
    });

    /** Commits one after the other, each on the head of the one before. */
    const write = async (head: Head, ...changes: readonly Partial<StoreChange>[]): Promise<Head> => {
      let last = head;
      for (const change of changes) last = committed(await store.commit(board, last, { put: [], gone: [], ...change }, []));
      return last;
    };

    test('S1: a board never written is empty', async () => {
      expect(await loadWhole(store, board)).toEqual({ head: EMPTY_HEAD, records: [], tail: [] });
      expect(await store.heads([board])).toEqual([EMPTY_HEAD]);
      expect(await store.receipts(board, ['ann:take'])).toEqual([]);
      expect(await store.since(board, EMPTY_HEAD)).toEqual({
        kind: 'change',
        change: { follows: EMPTY_HEAD, head: EMPTY_HEAD, put: [], gone: [] },
        tail: [],
      });
    });

    test('S1: what is committed is loaded, with a fresh token and the tail', async () => {
      const first = await write(EMPTY_HEAD, { put: [note('a', 1), note('b', 1)] });
      const second = await write(first, { put: [note('a', 2, { text: 'again' })], gone: ['note/b'] });
      expect([first.rev, second.rev]).toEqual([1, 2]);
      expect(first.token).not.toBe(second.token);
      expect(await loadWhole(store, board)).toEqual({
        head: second,
        records: [note('a', 2, { text: 'again' })],
        tail: [
          { head: first, ids: ['note/a', 'note/b'] },
          { head: second, ids: ['note/a', 'note/b'] },
        ],
      });
      expect(await store.heads([`${board}-other`, board])).toEqual([EMPTY_HEAD, second]);
    });

    test('S1: boards do not see each other', async () => {
      await write(EMPTY_HEAD, { put: [note('a', 1)] });
      expect((await loadWhole(store, `${board}0`)).records).toEqual([]);
    });

    test.each([
      ['an older rev', (head: Head): Head => ({ ...head, rev: head.rev - 1 })],
      ['a rev that does not exist yet', (head: Head): Head => ({ ...head, rev: head.rev + 1 })],
      ['another token', (head: Head): Head => ({ ...head, token: 'another' })],
      ['the empty head', (): Head => EMPTY_HEAD],
    ])('S1: a commit on %s is a conflict and writes nothing', async (_, stale) => {
      const head = await write(EMPTY_HEAD, { put: [note('a', 1)] }, { put: [note('b', 2)] });
      const before = await loadWhole(store, board);
      const wrong = stale(head);
      const answer = await store.commit(board, wrong, { put: [note('c', wrong.rev + 1)], gone: ['note/a'] }, [receipt('ann', 'take', 3)]);
      expect(answer).toEqual({ kind: 'conflict' });
      expect(await loadWhole(store, board)).toEqual(before);
      expect(await store.receipts(board, ['ann:take'])).toEqual([]);
    });

    test('S1, S6: eight writers at once lose nothing and repeat nothing, even when an answer stays away', async () => {
      const rounds = 12;
      const tryToAdd = async (writer: Store, who: number, round: number): Promise<CommitAnswer['kind']> => {
        const { head, records } = await loadWhole(writer, board);
        const total = (records.find((record) => record.id === 'note/total') as Note | undefined)?.count ?? 0;
        const rev = head.rev + 1;
        const put = [note('total', rev, { count: total + 1 }), note(`${who}-${round}`, rev)];
        return (await writer.commit(board, head, { put, gone: [] }, [receipt(`writer${who}`, `round${round}`, rev)])).kind;
      };
      const addOne = async (writer: Store, who: number, round: number): Promise<void> => {
        let unanswered = false;
        for (;;) {
          try {
            const kind = await tryToAdd(writer, who, round);
            if (kind === 'known' && !unanswered) throw new Error('nobody has used this receipt before');
            if (kind !== 'conflict') return;
          } catch (error) {
            // On a machine that is busy enough an answer takes too long; whether the commit stands, its receipt tells at the next try.
            if (!(error instanceof StoreAway)) throw error;
            unanswered = true;
            await vi.waitFor(() => expect(writer.health.reachable).toBe(true), { timeout: 20_000 });
          }
        }
      };
      const writers = await Promise.all(Array.from({ length: 8 }, open));
      await Promise.all(
        writers.map(async (writer, who) => {
          for (let round = 0; round < rounds; round += 1) await addOne(writer, who, round);
        }),
      );
      const { head, records, tail } = await vi.waitFor(() => loadWhole(store, board), { timeout: 20_000 });
      const effects = 8 * rounds;
      expect(head.rev).toBe(effects);
      expect(records).toContainEqual(note('total', effects, { count: effects }));
      expect(records).toHaveLength(effects + 1);
      expect(tail.map((entry) => entry.head.rev)).toEqual(Array.from({ length: effects }, (__, index) => index + 1));
      expect(new Set(tail.map((entry) => entry.head.token)).size).toBe(effects);
    });

    test('B7: a known receipt is returned, and nothing is written, whatever the head', async () => {
      const seat = receipt('ann', 'take', 1, { status: 'going' });
      const head = committed(await store.commit(board, EMPTY_HEAD, { put: [note('a', 1)], gone: [] }, [seat]));
      const change = { put: [note('b', 2)], gone: [] };
      for (const named of [head, EMPTY_HEAD]) {
        expect(await store.commit(board, named, change, [receipt('bob', 'take', 2), seat])).toEqual({ kind: 'known', receipts: [seat] });
      }
      expect(await store.heads([board])).toEqual([head]);
      expect(await store.receipts(board, ['bob:take', 'ann:take'])).toEqual([seat]);
    });

    test("B7: another person's command of the same id is not known, nor is the same on another board", async () => {
      const head = committed(await store.commit(board, EMPTY_HEAD, { put: [], gone: [] }, [receipt('ann', 'take', 1)]));
      expect(await store.receipts(board, ['bob:take'])).toEqual([]);
      expect((await store.commit(board, head, { put: [], gone: [] }, [receipt('bob', 'take', 2)])).kind).toBe('committed');
      expect((await store.commit(`${board}-other`, EMPTY_HEAD, { put: [], gone: [] }, [receipt('ann', 'take', 1)])).kind).toBe('committed');
    });

    test('B7: a receipt is known the whole next day, then its bucket is gone', async () => {
      const kept = receipt('ann', 'take', 1);
      let head = committed(await store.commit(board, EMPTY_HEAD, { put: [], gone: [] }, [kept]));
      now = NOON + DAY_MS;
      expect(await store.receipts(board, [kept.key])).toEqual([kept]);
      expect((await store.commit(board, head, { put: [], gone: [] }, [kept])).kind).toBe('known');
      now = NOON + 2 * DAY_MS;
      expect(await store.receipts(board, [kept.key])).toEqual([]);
      head = committed(await store.commit(board, head, { put: [], gone: [] }, [receipt('ann', 'take', 2)]));
      expect(head.rev).toBe(2);
    });

    test('B7: around midnight a receipt is known to those whose clock is behind, too', async () => {
      now = NOON + DAY_MS / 2 + 1;
      const kept = receipt('ann', 'take', 1);
      const head = committed(await store.commit(board, EMPTY_HEAD, { put: [], gone: [] }, [kept]));
      now = NOON + DAY_MS / 2 - 1;
      expect(await store.receipts(board, [kept.key])).toEqual([kept]);
      expect(await store.commit(board, head, { put: [], gone: [] }, [kept])).toEqual({ kind: 'known', receipts: [kept] });
    });

    test('S3: since returns what changed, as it is now, however often it is asked', async () => {
      const first = await write(EMPTY_HEAD, { put: [note('a', 1), note('b', 1), note('c', 1)] });
      const last = await write(
        first,
        { put: [note('a', 2)] },
        { put: [note('d', 3)], gone: ['note/b'] },
        { put: [note('a', 4, { text: 'last' })], gone: ['note/d'] },
      );
      for (let asked = 0; asked < 2; asked += 1) {
        const answer = await store.since(board, first);
        if (answer.kind !== 'change') throw new Error(answer.kind);
        expect(answer.change.follows).toEqual(first);
        expect(answer.change.head).toEqual(last);
        expect(answer.change.put).toEqual([note('a', 4, { text: 'last' })]);
        expect([...answer.change.gone].sort()).toEqual(['note/b', 'note/d']);
        expect(answer.tail.map((entry) => entry.head.rev)).toEqual([2, 3, 4]);
        expect(answer.tail.at(-1)).toEqual({ head: last, ids: ['note/a', 'note/d'] });
      }
    });

    test('S3: what was gone and came back is there', async () => {
      const first = await write(EMPTY_HEAD, { put: [note('a', 1)] });
      await write(first, { gone: ['note/a'] }, { put: [note('a', 3)] });
      expect(await store.since(board, first)).toMatchObject({ change: { put: [note('a', 3)], gone: [] } });
    });

    test('S2: a rev with another token is a fork, and so is a head ahead of the store', async () => {
      const first = await write(EMPTY_HEAD, { put: [note('a', 1)] });
      const last = await write(first, { put: [note('a', 2)] });
      for (const lost of [
        { ...first, token: 'lost' },
        { ...last, token: 'lost' },
        { ...last, rev: last.rev + 5 },
        { rev: 0, token: 'lost' },
      ]) {
        expect(await store.since(board, lost)).toEqual({ kind: 'fork' });
      }
      expect(await store.since(`${board}-other`, last)).toEqual({ kind: 'fork' });
    });

    test(`S3: the tail keeps ${TAIL_LENGTH} commits; what lies before is too far`, async () => {
      const heads: Head[] = [EMPTY_HEAD];
      for (let rev = 1; rev <= TAIL_LENGTH + 5; rev += 1)
        heads.push(await write(heads.at(-1) ?? EMPTY_HEAD, { put: [note(String(rev % 7), rev)] }));
      const { tail } = await loadWhole(store, board);
      expect(tail.map((entry) => entry.head)).toEqual(heads.slice(-TAIL_LENGTH));
      expect(await store.since(board, EMPTY_HEAD)).toEqual({ kind: 'tooFar' });
      expect(await store.since(board, heads[4] ?? EMPTY_HEAD)).toEqual({ kind: 'tooFar' });
      const answer = await store.since(board, heads[6] ?? EMPTY_HEAD);
      if (answer.kind !== 'change') throw new Error(answer.kind);
      expect(answer.tail).toHaveLength(TAIL_LENGTH - 1);
      expect(answer.change.put).toHaveLength(7);
    });

    test('S3: lost, doubled and late publications leave a follower right', async () => {
      const heard: Publication[] = [];
      await store.watch(board, (publication) => heard.push(publication));
      let head = EMPTY_HEAD;
      for (let rev = 1; rev <= 40; rev += 1) {
        head = await write(head, { put: [note(String(rev % 9), rev)], gone: rev % 4 === 0 ? [`note/${(rev + 3) % 9}`] : [] });
      }
      await vi.waitFor(() => expect(heard).toHaveLength(40));
      const follower = new Follower(store, board);
      for (const [index, publication] of heard.slice(0, 30).entries()) {
        if (index % 5 === 1) continue;
        await follower.take(publication);
        if (index % 3 === 0) await follower.take(publication);
        if (index > 8) await follower.take(heard[index - 7] ?? publication);
      }
      for (const publication of heard.slice(30)) await follower.take(publication);
      const stored = await loadWhole(store, board);
      expect(follower.head).toEqual(stored.head);
      expect(byId([...follower.records.values()])).toEqual(byId(stored.records));
    });

    test("S1: a watcher hears every commit, its own store's and others', in order, until it lets go", async () => {
      const other = await open();
      const heard: Publication[] = [];
      const heardToo: number[] = [];
      const stop = await store.watch(board, (publication) => heard.push(publication));
      await other.watch(board, (publication) => heardToo.push(publication.head.rev));
      const first = await write(EMPTY_HEAD, { put: [note('a', 1)] });
      const second = committed(await other.commit(board, first, { put: [note('b', 2, { text: '二' })], gone: ['note/a'] }, []));
      await vi.waitFor(() => expect(heardToo).toEqual([1, 2]));
      await vi.waitFor(() => expect(heard).toHaveLength(2));
      expect(heard).toEqual([
        { follows: EMPTY_HEAD, head: first, put: [note('a', 1)], gone: [] },
        { follows: first, head: second, put: [note('b', 2, { text: '二' })], gone: ['note/a'] },
      ]);
      await stop();
      await write(second, { put: [note('c', 3)] });
      await vi.waitFor(() => expect(heardToo).toEqual([1, 2, 3]));
      expect(heard).toHaveLength(2);
    });

    test('S1: a large board that is written to while it is read is loaded as it was at one moment', async () => {
      const put = Array.from({ length: 9000 }, (_, index) => note(String(index), 1));
      const states = [[], put];
      let head = await write(EMPTY_HEAD, { put });
      const writing: Promise<void>[] = [];
      const writeMore = async (): Promise<void> => {
        const rev = head.rev + 1;
        const change = { put: [note('0', rev), note('8999', rev), note(`new-${rev}`, rev)], gone: [`note/${rev}`] };
        const touched = new Set([...change.put.map(({ id }) => id), ...change.gone]);
        states[rev] = [...(states[rev - 1] ?? []).filter(({ id }) => !touched.has(id)), ...change.put];
        head = await write(head, change);
      };
      const records = new Map<string, StoredRecord>();
      const loaded = await store.load(board, (part) => {
        for (const record of part.put) records.set(record.id, record);
        for (const id of part.gone) records.delete(id);
        // One at a time, so that each knows the head.
        writing.push((writing.at(-1) ?? Promise.resolve()).then(writeMore));
      });
      expect(byId([...records.values()])).toEqual(byId(states[loaded.head.rev] ?? []));
      expect(loaded.tail.at(-1)?.head).toEqual(loaded.head);
      expect(loaded.tail.map((entry) => entry.head.rev)).toEqual(Array.from({ length: loaded.head.rev }, (_, index) => index + 1));
      await Promise.all(writing);
      expect(writing.length).toBeGreaterThan(3);
    });

    test('S1: what a watcher hears can be loaded', async () => {
      const loaded: Promise<number>[] = [];
      await store.watch(board, ({ head }) => loaded.push(loadWhole(store, board).then((found) => found.head.rev - head.rev)));
      await write(EMPTY_HEAD, { put: [note('a', 1)] });
      await vi.waitFor(() => expect(loaded).toHaveLength(1));
      expect(await loaded[0]).toBe(0);
    });

    test('B9: fields and types that nobody knows come back as they were written', async () => {
      const strange = {
        id: 'hologram/1',
        type: 'hologram',
        rev: 1,
        nothing: null,
        empty: {},
        list: [],
        deep: { a: [1, { b: [[]] }] },
        number: 1e-7,
        large: 2 ** 53 - 1,
        '': 'unnamed',
        yes: true,
      };
      const head = await write(EMPTY_HEAD, { put: [strange] });
      expect((await loadWhole(store, board)).records).toEqual([strange]);
      expect(await store.since(board, EMPTY_HEAD)).toMatchObject({ change: { head, put: [strange] } });
    });

    test('S1: any text and large records come back as they were written', async () => {
      const texts = ['夜市 🥟👩‍👩‍👧‍👦', 'a\u0000b', '\ud83d alone', '"\\\n\r\t\u2028', 'عربى \u202e', '%s ${x} {board}', 'x'.repeat(300_000)];
      const put = texts.map((each, index) => note(`é-${index}`, 1, { text: each }));
      await write(EMPTY_HEAD, { put });
      expect(byId((await loadWhole(store, board)).records)).toEqual(byId(put));
    });

    test('S1: a commit of many records is one step, and watchers learn of it', async () => {
      const heard: Publication[] = [];
      await store.watch(board, (publication) => heard.push(publication));
      const put = Array.from({ length: 2500 }, (_, index) => note(String(index), 1, { text: 'y'.repeat(500) }));
      const receipts = Array.from({ length: 300 }, (_, index) => receipt('ann', `import${index}`, 1));
      const head = committed(await store.commit(board, EMPTY_HEAD, { put, gone: [] }, receipts));
      await vi.waitFor(() => expect(heard.map((each) => [each.head, each.put.length])).toEqual([[head, put.length]]));
      expect(await store.receipts(board, ['ann:import299', 'ann:import300'])).toEqual([receipt('ann', 'import299', 1)]);
      const cleared = await write(head, { gone: put.map((record) => record.id) });
      expect(await loadWhole(store, board)).toMatchObject({ head: cleared, records: [] });
    });

    test(`S3: since returns up to ${SINCE_RECORDS} records; more is too far`, async () => {
      const some = (from: number, count: number, rev: number): StoredRecord[] =>
        Array.from({ length: count }, (_, index) => note(String(from + index), rev));
      let head = EMPTY_HEAD;
      for (let from = 0; from < SINCE_RECORDS; from += 2000) head = await write(head, { put: some(from, 2000, head.rev + 1) });
      const answer = await store.since(board, EMPTY_HEAD);
      expect(answer.kind === 'change' && answer.change.put.length).toBe(SINCE_RECORDS);
      await write(head, { put: some(SINCE_RECORDS, 1, head.rev + 1) });
      expect(await store.since(board, EMPTY_HEAD)).toEqual({ kind: 'tooFar' });
    });

    test('S1: a crash loses nothing that was acknowledged', async () => {
      const kept = receipt('ann', 'take', 2, 'going');
      const first = await write(EMPTY_HEAD, { put: [note('a', 1)] });
      const second = committed(await store.commit(board, first, { put: [note('b', 2)], gone: [] }, [kept]));
      const before = await loadWhole(store, board);
      await rig.crash();
      await closeAll();
      store = await open();
      expect(await loadWhole(store, board)).toEqual(before);
      expect(await store.receipts(board, [kept.key])).toEqual([kept]);
      expect(await store.since(board, first)).toMatchObject({ change: { head: second, put: [note('b', 2)] } });
      expect((await write(second, { put: [note('c', 3)] })).rev).toBe(3);
    });

    test('what was written over or taken away is gone from every file once it has been erased; what stands there, stands', async () => {
      const filler = Array.from({ length: 40 }, (_, index) => note(`filler-${index}`, 2, { text: 'x'.repeat(500) }));
      const first = await write(EMPTY_HEAD, { put: [note('a', 1, { text: 'Zenobia' }), note('b', 1, { text: 'Zenobia too' })] });
      const second = await write(first, { put: filler }, { put: [note('a', 3, { text: 'nobody' })], gone: ['note/b'] });
      expect(holding('Zenobia', rig.folders())).not.toEqual([]);
      await store.erase();
      // A server takes its old files away in a thread of its own.
      await vi.waitFor(() => expect(holding('Zenobia', rig.folders())).toEqual([]), { timeout: 10_000, interval: 20 });
      expect(holding('nobody', rig.folders())).not.toEqual([]);
      expect((await loadWhole(store, board)).records).toHaveLength(41);
      expect((await write(second, { put: [note('c', 4)] })).rev).toBe(4);
    });

    test('S1: close lets go; what was written is there for the next', async () => {
      await write(EMPTY_HEAD, { put: [note('a', 1)] });
      expect(store.health).toEqual({ reachable: true, durability: 'full' });
      await closeAll();
      await expect(loadWhole(store, board)).rejects.toMatchObject({ name: 'StoreAway' });
      store = await open();
      expect((await loadWhole(store, board)).records).toEqual([note('a', 1)]);
    });
  });
};
