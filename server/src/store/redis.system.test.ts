import { afterEach, describe, expect, test, vi } from 'vitest';
import { startRedis, startRedisCluster, startRedisPair, type RedisServer } from '../../../rig/redis.ts';
import { slotOf } from './redis-slot.ts';
import { openRedisStore, type RedisOptions } from './redis.ts';
import { storeContract } from './store.contract.ts';
import { EMPTY_HEAD, loadWhole, type Head, type Publication, type Receipt, type Store, type StoreHealth } from './store.ts';

const optionsFor = (url: string): RedisOptions => ({ url, durability: 'full', replicas: 0, now: Date.now });

storeContract('a single Redis', async () => {
  const redis = await startRedis();
  return {
    open: (now) => openRedisStore({ ...optionsFor(redis.url), now }),
    async crash() {
      await redis.kill();
      await redis.start();
    },
    folders: () => [redis.folder],
    stop: () => redis.stop(),
  };
});

storeContract('a Redis Cluster', async () => {
  const cluster = await startRedisCluster(3);
  return {
    open: (now) => openRedisStore({ ...optionsFor(cluster.url), now }),
    async crash() {
      await Promise.all(cluster.servers.map((server) => server.kill()));
      await Promise.all(cluster.servers.map((server) => server.start()));
      await cluster.ready();
    },
    folders: () => cluster.servers.map(({ folder }) => folder),
    stop: () => cluster.stop(),
  };
});

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
  cleanups.push(() => started.stop());
  return started;
};
const open = async (options: RedisOptions): Promise<Store> => {
  const store = await openRedisStore(options);
  cleanups.push(() => store.close());
  return store;
};

const receipt: Receipt = { key: 'ann:take', hash: 'hash', rev: 1 };
const write = async (store: Store, head: Head, board = 'board', receipts: readonly Receipt[] = []): Promise<Head> => {
  const answer = await store.commit(board, head, { put: [{ id: 'note/a', type: 'note', rev: head.rev + 1 }], gone: [] }, receipts);
  if (answer.kind !== 'committed') throw new Error(answer.kind);
  return answer.head;
};

/** Longest that a call may take while Redis is away (S4), with some room for a busy machine. */
const AWAY_MS = 1200;
const healthy = (store: Store): Promise<void> =>
  vi.waitFor(() => expect(store.health.reachable).toBe(true), { timeout: 3000, interval: 20 });
const awayWithin = async (ms: number, call: Promise<unknown>): Promise<void> => {
  const from = performance.now();
  await expect(call).rejects.toMatchObject({ name: 'StoreAway' });
  expect(performance.now() - from).toBeLessThan(ms);
};

describe("Redis' settings", () => {
  test.each([
    ['appendonly', 'no'],
    ['appendfsync', 'everysec'],
    ['no-appendfsync-on-rewrite', 'yes'],
    ['maxmemory-policy', 'allkeys-lru'],
  ])('S4: %s %s is refused with a sentence, unless relaxed by name', async (setting, value) => {
    const redis = keep(await startRedis({ [setting]: value }));
    await expect(openRedisStore(optionsFor(redis.url))).rejects.toMatchObject({
      name: 'StoreUnfit',
      message: expect.stringMatching(`^Redis at .* may lose commits: ${setting} is ${value} .*HUDDLE_DURABILITY=relaxed`) as string,
    });
    const store = await open({ ...optionsFor(redis.url), durability: 'relaxed' });
    expect(store.health).toEqual({ reachable: true, durability: 'relaxed' });
    expect((await write(store, EMPTY_HEAD)).rev).toBe(1);
  });

  const forbidConfig = async (redis: RedisServer): Promise<string> => {
    await redis.command('ACL', 'SETUSER', 'node', 'on', '>secret', '~*', '&*', '+@all', '-config');
    return redis.url.replace('//', '//node:secret@');
  };

  test('S4: where CONFIG is forbidden, what INFO does not tell counts as not safe', async () => {
    const warn = vi.fn();
    const store = await open({ ...optionsFor(await forbidConfig(keep(await startRedis()))), log: { warn } });
    expect(store.health).toEqual({ reachable: true, durability: 'relaxed' });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('does not show appendfsync, no-appendfsync-on-rewrite'));
    expect((await write(store, EMPTY_HEAD)).rev).toBe(1);
  });

  test('S4: where CONFIG is forbidden, what INFO tells is judged, and no sentence holds the password', async () => {
    const url = await forbidConfig(keep(await startRedis({ appendonly: 'no', 'maxmemory-policy': 'volatile-ttl' })));
    const refused = openRedisStore(optionsFor(url));
    await expect(refused).rejects.toThrow(/may lose commits: appendonly is no .*, maxmemory-policy is volatile-ttl/);
    await expect(refused).rejects.not.toThrow(/secret/);
  });

  test('S4: are read again after each reconnect', async () => {
    const redis = keep(await startRedis());
    const warn = vi.fn();
    const store = await open({ ...optionsFor(redis.url), log: { warn } });
    await redis.kill();
    await redis.start({ appendfsync: 'no' });
    await vi.waitFor(() => expect(warn).toHaveBeenCalledWith(expect.stringContaining('appendfsync is no')), { timeout: 3000 });
    expect(store.health.reachable).toBe(false);
    await expect(write(store, EMPTY_HEAD)).rejects.toThrow(/appendfsync is no/);
    await redis.command('CONFIG', 'SET', 'appendfsync', 'always');
    await healthy(store);
    expect((await write(store, EMPTY_HEAD)).rev).toBe(1);
  });
});

describe('Redis away', () => {
  const calls = (store: Store): Promise<unknown>[] => [
    loadWhole(store, 'board'),
    write(store, EMPTY_HEAD),
    store.since('board', EMPTY_HEAD),
    store.receipts('board', ['ann:take']),
    store.heads(['board']),
    store.watch('other', () => undefined),
  ];

  test('S4: nobody there at the start is StoreAway', async () => {
    const redis = keep(await startRedis());
    await redis.kill();
    await awayWithin(AWAY_MS, openRedisStore(optionsFor(redis.url)));
  });

  test('S4: killed: every call is answered at once; back: healthy, and watchers hear again', async () => {
    const redis = keep(await startRedis());
    const store = await open(optionsFor(redis.url));
    const seen: StoreHealth[] = [];
    store.onHealth((health) => seen.push(health));
    const heard: Publication[] = [];
    await store.watch('board', (publication) => heard.push(publication));
    const first = await write(store, EMPTY_HEAD);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    await redis.kill();
    for (const call of calls(store)) await awayWithin(AWAY_MS, call);
    expect(store.health.reachable).toBe(false);
    await redis.start();
    await healthy(store);
    expect(seen.map((health) => health.reachable)).toEqual([false, true]);
    const second = await write(store, first);
    await vi.waitFor(() => expect(heard.map((publication) => publication.head)).toEqual([first, second]));
  });

  test('S4: silent: every call gives up within a second, nothing queues, and idle stores notice too', async () => {
    const redis = keep(await startRedis());
    const [store, idle] = await Promise.all([open(optionsFor(redis.url)), open(optionsFor(redis.url))]);
    redis.pause();
    await Promise.all(Array.from({ length: 500 }, () => awayWithin(AWAY_MS, write(store, EMPTY_HEAD))));
    for (const call of calls(store)) await awayWithin(50, call);
    await vi.waitFor(() => expect(idle.health.reachable).toBe(false), { timeout: 3000 });
    redis.resume();
    await Promise.all([healthy(store), healthy(idle)]);
    // S6: the outcome was unknown; the board tells.
    const { head } = await loadWhole(store, 'board');
    expect([0, 1]).toContain(head.rev);
    expect((await write(store, head)).rev).toBe(head.rev + 1);
  });

  test('S6: a commit without an answer is found by its receipt, or can be made again', async () => {
    const redis = keep(await startRedis());
    const store = await open(optionsFor(redis.url));
    const commit = write(store, EMPTY_HEAD, 'board', [receipt]);
    const [outcome] = await Promise.allSettled([commit, redis.kill()]);
    await redis.start();
    await healthy(store);
    const known = await store.receipts('board', [receipt.key]);
    const { head } = await loadWhole(store, 'board');
    expect(known).toEqual(head.rev === 1 ? [receipt] : []);
    if (outcome.status === 'fulfilled') expect(head).toEqual(outcome.value);
  });

  test('S4: a command that Redis refuses leaves the connection as it is', async () => {
    const redis = keep(await startRedis());
    const store = await open(optionsFor(redis.url));
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    await expect(write(store, EMPTY_HEAD)).rejects.toThrow(/OOM/);
    expect(store.health.reachable).toBe(true);
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    expect((await write(store, EMPTY_HEAD)).rev).toBe(1);
  });

  test('S4: forgotten scripts are sent again', async () => {
    const redis = keep(await startRedis());
    const store = await open(optionsFor(redis.url));
    const head = await write(store, EMPTY_HEAD);
    await redis.command('SCRIPT', 'FLUSH');
    expect((await write(store, head)).rev).toBe(2);
  });

  test('B7: Redis drops a bucket of receipts by itself, after the day on which it may still be asked for', async () => {
    const redis = keep(await startRedis());
    await write(await open(optionsFor(redis.url)), EMPTY_HEAD, 'board', [receipt]);
    const [key] = (await redis.command('KEYS', '*receipts*')) as string[];
    const seconds = Number(await redis.command('TTL', key ?? ''));
    expect(seconds).toBeGreaterThan(2 * 86_400);
    expect(seconds).toBeLessThanOrEqual(3 * 86_400);
  });
});

describe('a primary with its replica', () => {
  test('R4: with HUDDLE_REPLICAS=1 nothing is acknowledged that the replica does not have', async () => {
    const pair = keep(await startRedisPair());
    const options = { ...optionsFor(pair.primary.url), replicas: 1 };
    const [store, other] = await Promise.all([open(options), open(options)]);
    const first = await write(store, EMPTY_HEAD);
    pair.replica.pause();
    await awayWithin(AWAY_MS, write(store, first, 'board', [receipt]));
    expect(store.health.reachable).toBe(true);
    for (const asked of [store, other]) {
      await awayWithin(AWAY_MS, asked.receipts('board', [receipt.key]));
      await awayWithin(AWAY_MS, asked.commit('board', first, { put: [], gone: [] }, [receipt]));
    }
    pair.replica.resume();
    await vi.waitFor(async () => expect(await other.receipts('board', [receipt.key])).toEqual([receipt]), { timeout: 20_000 });
    expect(await store.commit('board', first, { put: [], gone: [] }, [receipt])).toEqual({ kind: 'known', receipts: [receipt] });
  });

  test('S2: a promoted replica is found among the addresses, and what it lacks is a fork', async () => {
    const pair = keep(await startRedisPair());
    const store = await open(optionsFor(`${pair.replica.url},${pair.primary.url}`));
    const kept = await write(store, EMPTY_HEAD);
    await vi.waitFor(async () => expect(await pair.replica.command('GET', 'huddle:{board}:head')).toBe(`1.${kept.token}`));
    await pair.promote();
    const lost = await write(store, kept);
    await pair.primary.kill();
    await vi.waitFor(() => expect(store.health.reachable).toBe(false));
    await healthy(store);
    expect(await store.since('board', lost)).toEqual({ kind: 'fork' });
    const again = await write(store, kept);
    expect(again.rev).toBe(lost.rev);
    expect(await store.since('board', lost)).toEqual({ kind: 'fork' });
  });
});

describe('a Redis Cluster', () => {
  test('S4: a board lives on the slot of its tag, and one address is enough to find them all', async () => {
    const cluster = keep(await startRedisCluster(3));
    const [server] = cluster.servers;
    if (!server) throw new Error('no server');
    for (const board of ['_', 'board', 'web3-hk-2026', 'x'.repeat(63)]) {
      expect(slotOf(board)).toBe(await server.command('CLUSTER', 'KEYSLOT', `huddle:{${board}}:head`));
    }
    const store = await open(optionsFor(server.url));
    for (let board = 0; board < 12; board += 1) await write(store, EMPTY_HEAD, `board-${board}`);
    for (const each of cluster.servers) expect(Number(await each.command('DBSIZE'))).toBeGreaterThan(0);
  });

  test('S4: a board whose slot moved is found again', async () => {
    const cluster = keep(await startRedisCluster(3));
    const store = await open(optionsFor(cluster.url));
    const heard: Publication[] = [];
    await store.watch('board', (publication) => heard.push(publication));
    const slot = String(slotOf('board'));
    const ids = await Promise.all(cluster.servers.map((server) => server.command('CLUSTER', 'MYID')));
    const from = Math.floor((Number(slot) * 3) / 16_384);
    const to = (from + 1) % 3;
    for (const index of [to, from, 3 - to - from])
      await cluster.servers[index]?.command('CLUSTER', 'SETSLOT', slot, 'NODE', String(ids[to]));
    await vi.waitFor(async () => expect((await loadWhole(store, 'board')).head).toEqual(EMPTY_HEAD), { timeout: 30_000 });
    await healthy(store);
    const head = await write(store, EMPTY_HEAD);
    await vi.waitFor(() => expect(heard.map((publication) => publication.head)).toEqual([head]));
  });
});
