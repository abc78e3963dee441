/**
 * What stays on the phone: the last confirmed boards (C3) and the outbox (C2), in IndexedDB. Where that is missing, blocked or broken,
 * everything lasts as long as the page.
 */
import type { Cursor, View } from '@huddle/shared/protocol.ts';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Box, Entry } from './outbox.ts';

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
}

/** The boards last seen. Never fails. */
export interface Shelf {
  readonly board: (slug: string) => Promise<KeptBoard | undefined>;
  readonly keep: (board: KeptBoard) => Promise<void>;
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

/** Runs `work` on the database; what cannot be done there answers undefined. A connection that broke is opened anew the next time. */
const createRunner = (): (<T>(work: (database: Database) => Promise<T>) => Promise<T | undefined>) => {
  let database: Promise<Database> | undefined;
  return async (work) => {
    try {
      database ??= open();
      return await work(await database);
    } catch {
      database = undefined;
      return undefined;
    }
  };
};

const byTime = (a: Entry, b: Entry): number => a.at - b.at || (a.id < b.id ? -1 : 1);

const isFree = (lease: Lease | undefined, owner: string, now: number): boolean =>
  // A clock that was set back must not lock the outbox for good.
  lease === undefined || lease.owner === owner || lease.until <= now || lease.until > now + 60_000;

/** Shelf and box over one database. */
export const openDatabase = (): { readonly shelf: Shelf; readonly box: Box } => {
  const run = createRunner();
  // This page's own entries, in case the database fails between putting and sending.
  const own = new Map<string, Entry>();

  const box: Box = {
    entries: async (board) => {
      const kept = await run((database) => database.getAllFromIndex('outbox', 'board', board));
      return (kept ?? [...own.values()].filter((entry) => entry.board === board)).sort(byTime);
    },
    put: async (entry) => {
      own.set(entry.id, entry);
      await run((database) => database.put('outbox', entry));
    },
    remove: async (id) => {
      own.delete(id);
      await run((database) => database.delete('outbox', id));
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
  };
  return { shelf, box };
};
