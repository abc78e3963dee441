/**
 * What stays on the phone: the last confirmed boards (C3) and the outbox (C2), in IndexedDB. Where that is missing, blocked or broken,
 * everything lasts as long as the page.
 */
import type { Cursor, View } from '@huddle/shared/protocol.ts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Box, Entry } from './box.ts';

/** A board as it was last confirmed. */
export interface KeptBoard {
  readonly slug: string;
  readonly cursor: Cursor;
  /** When it was right, epoch ms by the server's clock. */
  readonly at: number;
  readonly views: readonly View[];
  /** Who I was, and what I alone saw. */
  readonly person?: string;
  readonly mine: readonly View[];
  /** Details of what is mine, and of pages opened lately. Releases before this one kept none. */
  readonly details?: readonly View[];
}

/** The boards last seen. Never fails. */
export interface Shelf {
  readonly board: (slug: string) => Promise<KeptBoard | undefined>;
  readonly keep: (board: KeptBoard) => Promise<void>;
  /** Forgets all of them: on this phone nobody is signed in any more. */
  readonly clear: () => Promise<void>;
}

interface Lease {
  readonly board: string;
  readonly owner: string;
  readonly until: number;
}

interface Schema extends DBSchema {
  boards: { key: string; value: KeptBoard };
  outbox: { key: string; value: Entry; indexes: { board: string } };
  leases: { key: string; value: Lease };
}
type Database = IDBPDatabase<Schema>;

const NAME = 'huddle';
const VERSION = 1;

const open = (): Promise<Database> =>
  openDB<Schema>(NAME, VERSION, {
    upgrade: (database) => {
      database.createObjectStore('boards', { keyPath: 'slug' });
      database.createObjectStore('outbox', { keyPath: 'id' }).createIndex('board', 'board');
      database.createObjectStore('leases', { keyPath: 'board' });
    },
    // A newer page wants to change the database: let go of it.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });

/**
 * Runs `work` on the database, and once more on a fresh connection where that fails: phones drop connections. What cannot be done there
 * either answers undefined.
 */
const createRunner = (): (<T>(work: (database: Database) => Promise<T>) => Promise<T | undefined>) => {
  let database: Promise<Database> | undefined;
  const attempt = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const used = (database ??= open());
    try {
      return await work(await used);
    } catch (error) {
      // Unless somebody else has opened another one meanwhile.
      if (database === used) database = undefined;
      throw error;
    }
  };
  return async (work) => {
    try {
      return await attempt(work).catch(() => attempt(work));
    } catch {
      return undefined;
    }
  };
};

const byTime = (a: Entry, b: Entry): number => a.at - b.at || (a.id < b.id ? -1 : 1);

const isFree = (lease: Lease | undefined, owner: string, now: number): boolean =>
  // A clock that was set back must not lock the outbox for good.
  lease === undefined || lease.owner === owner || lease.until <= now || lease.until > now + 60_000;

/** Shelf and box over one database; `waiting`: the boards with something to be sent. */
export const openDatabase = (): { readonly shelf: Shelf; readonly box: Box; readonly waiting: () => Promise<readonly string[]> } => {
  const run = createRunner();
  // This page's own entries, in case the database fails between putting and sending.
  const own = new Map<string, Entry>();
  /** Ids whose latest word, an entry or that it went, the database would not take: the page's own word goes before it. */
  const unkept = new Set<string>();
  const write = async (id: string, work: (database: Database) => Promise<unknown>): Promise<void> => {
    const kept = await run(async (database) => {
      await work(database);
      return true;
    });
    if (kept === true) unkept.delete(id);
    else unkept.add(id);
  };

  const box: Box = {
    entries: async (board) => {
      const kept = await run((database) => database.getAllFromIndex('outbox', 'board', board));
      const mine = [...own.values()].filter((entry) => entry.board === board && (kept === undefined || unkept.has(entry.id)));
      return [...(kept ?? []).filter(({ id }) => !unkept.has(id)), ...mine].sort(byTime);
    },
    put: async (entry) => {
      own.set(entry.id, entry);
      await write(entry.id, (database) => database.put('outbox', entry));
    },
    update: async (id, step) => {
      const changed = await run(async (database) => {
        const { store, done } = database.transaction('outbox', 'readwrite');
        const kept = unkept.has(id) ? own.get(id) : await store.get(id);
        const next = kept && step(kept);
        if (next !== undefined) await store.put(next);
        await done;
        return { next };
      });
      const mine = own.get(id);
      const next = changed === undefined ? mine && step(mine) : changed.next;
      if (next !== undefined) {
        own.set(id, next);
        if (changed === undefined) unkept.add(id);
        else unkept.delete(id);
      }
      return next;
    },
    remove: async (id) => {
      own.delete(id);
      await write(id, (database) => database.delete('outbox', id));
    },
    clear: async () => {
      own.clear();
      unkept.clear();
      await run((database) => database.clear('outbox'));
    },
    lease: async (board, owner, now, ms) => {
      const mine = await run(async (database) => {
        const { store, done } = database.transaction('leases', 'readwrite');
        const free = isFree(await store.get(board), owner, now);
        if (free) await store.put({ board, owner, until: now + ms });
        await done;
        return free;
      });
      return mine ?? true;
    },
    release: async (board, owner) => {
      await run(async (database) => {
        const { store, done } = database.transaction('leases', 'readwrite');
        if ((await store.get(board))?.owner === owner) await store.delete(board);
        await done;
      });
    },
  };

  const shelf: Shelf = {
    board: (slug) => run((database) => database.get('boards', slug)),
    keep: async (board) => {
      await run((database) => database.put('boards', board));
    },
    clear: async () => {
      await run((database) => database.clear('boards'));
    },
  };
  const waiting = async (): Promise<readonly string[]> => {
    const entries = (await run((database) => database.getAll('outbox'))) ?? [];
    return [...new Set(entries.filter(({ answer }) => answer === undefined).map(({ board }) => board))];
  };
  return { shelf, box, waiting };
};
