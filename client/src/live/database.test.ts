import type { Ack, CommandInput, SentCommand } from '@huddle/shared/protocol.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './database.ts';
import type { Box, Entry } from './box.ts';
import { createOutbox } from './outbox.ts';

/** The phone's database as far as the box uses it; it can be full, and it can drop the connections that are open. */
const disk = vi.hoisted(() => {
  const entries = new Map<string, unknown>();
  const state = { entries, full: (_entry: unknown): boolean => false, stuck: false, epoch: 0, opened: 0 };
  const openDB = async () => {
    state.opened += 1;
    const { epoch } = state;
    const check = (refused: boolean): void => {
      if (epoch !== state.epoch) throw new Error('the connection was dropped');
      if (refused) throw new Error('no room');
    };
    return {
      getAllFromIndex: async () => {
        check(false);
        return [...entries.values()];
      },
      put: async (_store: string, entry: { readonly id: string }) => {
        check(state.full(entry));
        entries.set(entry.id, entry);
        return entry.id;
      },
      delete: async (_store: string, id: string) => {
        check(state.stuck);
        entries.delete(id);
      },
      // No leases: then everybody may send.
      transaction: (name: string) => {
        if (name !== 'outbox') throw new Error('not here');
        const store = {
          get: async (id: string) => entries.get(id),
          put: async (entry: { readonly id: string }) => {
            check(state.full(entry));
            entries.set(entry.id, entry);
          },
        };
        return { store, done: Promise.resolve() };
      },
    };
  };
  return { state, openDB };
});
vi.mock('idb', () => ({ openDB: disk.openDB }));

const wish = (to: number): CommandInput => ({ type: 'markRead', to });
const entry = (id: string, at: number): Entry => ({ id, board: 'b', command: wish(at), at });
const ids = async (box: Box): Promise<string[]> => (await box.entries('b')).map(({ id }) => id);

/** A page with an outbox over a box of its own; every command is answered with success. */
const page = () => {
  const { box } = openDatabase();
  const seen = { sent: [] as SentCommand[], entries: [] as readonly Entry[] };
  let made = 0;
  const outbox = createOutbox({
    board: 'b',
    box,
    canSend: () => true,
    send: async (command): Promise<Ack> => {
      seen.sent.push(command);
      return { ok: true, rev: 1 };
    },
    becomeSomebody: async () => true,
    join: async () => true,
    newId: () => `id-${(made += 1)}`,
    now: Date.now,
    random: () => 0,
    changed: (entries) => void (seen.entries = entries),
    unheard: () => undefined,
    tell: () => undefined,
  });
  return { outbox, seen };
};

describe('C2: the outbox over a database that fails', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    disk.state.entries.clear();
    disk.state.full = () => false;
    disk.state.stuck = false;
  });
  afterEach(() => void vi.useRealTimers());

  it('a connection that the phone dropped is opened anew, and what was to be kept is kept', async () => {
    const { box } = openDatabase();
    await box.put(entry('a', 1));
    disk.state.epoch += 1;
    await box.put(entry('b', 2));
    expect([...disk.state.entries.keys()]).toEqual(['a', 'b']);
    disk.state.epoch += 1;
    expect(await ids(box)).toEqual(['a', 'b']);
  });

  it('what is broken for many at once is opened anew once', async () => {
    const { box } = openDatabase();
    await box.put(entry('a', 1));
    disk.state.epoch += 1;
    disk.state.opened = 0;
    await Promise.all([box.put(entry('b', 2)), box.put(entry('c', 3)), box.entries('b')]);
    expect([disk.state.opened, await ids(box)]).toEqual([1, ['a', 'b', 'c']]);
  });

  it('an entry that there is no room for is shown in its order, and kept when there is room again', async () => {
    const { box } = openDatabase();
    disk.state.full = () => true;
    await box.put(entry('a', 1));
    disk.state.full = () => false;
    await box.put(entry('b', 2));
    expect([await ids(box), disk.state.entries.has('a')]).toEqual([['a', 'b'], false]);
    await box.put(entry('a', 1));
    expect([await ids(box), disk.state.entries.has('a')]).toEqual([['a', 'b'], true]);
  });

  it('a change that there is no room for holds for this page; what has been removed is not changed any more', async () => {
    const { box } = openDatabase();
    await box.put(entry('a', 1));
    disk.state.full = () => true;
    const changed = await box.update('a', (kept) => ({ ...kept, tried: true }));
    expect([changed?.tried, (await box.entries('b'))[0]?.tried]).toEqual([true, true]);
    await box.remove('a');
    expect(await box.update('a', (kept) => kept)).toBeUndefined();
  });

  it('an entry that cannot be removed is gone all the same', async () => {
    const { box } = openDatabase();
    await box.put(entry('a', 1));
    disk.state.stuck = true;
    await box.remove('a');
    expect(await ids(box)).toEqual([]);
  });

  it('a command that there is no room for is sent all the same', async () => {
    const { outbox, seen } = page();
    disk.state.full = () => true;
    const outcome = outbox.do(wish(1));
    await vi.advanceTimersByTimeAsync(1000);
    expect(seen.sent).toHaveLength(1);
    expect(await outcome).toEqual({ ok: true, rev: 1 });
  });

  it('a command whose outcome there is no room for is sent once', async () => {
    const { outbox, seen } = page();
    disk.state.full = (entry) => (entry as Entry).answer !== undefined;
    const outcome = outbox.do(wish(1));
    // Sent again without pause, it would hold up everything: stopped here, it fails instead.
    for (let n = 0; n < 200; n += 1) await Promise.resolve();
    outbox.stop();
    expect([seen.sent.length, seen.entries.map(({ answer }) => answer?.ack)]).toEqual([1, [{ ok: true, rev: 1 }]]);
    expect(await outcome).toEqual({ ok: true, rev: 1 });
  });
});
