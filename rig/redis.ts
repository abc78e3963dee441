/**
 * Real Redis servers for tests, rigs and benches: one, a primary with its replica, or a small cluster. Each listens on a free loopback
 * port, keeps its data in a temporary folder, and can be killed, paused and started again on the same port and data.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'redis';

/** Settings of `redis.conf`, by name. */
export type RedisSettings = Readonly<Record<string, string>>;

/** What Redis answers to one command. */
export type RedisReply = string | number | null | readonly RedisReply[];

/** One server process. Killed and paused servers keep port and data. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  /** Runs one command on a connection of its own. */
  command(...words: readonly string[]): Promise<RedisReply>;
  /** `kill -9`; resolves once the process is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open, nothing answers. */
  pause(): void;
  /** SIGCONT. */
  resume(): void;
  /** Starts the process again on the same port and data; `changed` settings stay for later starts too. */
  start(changed?: RedisSettings): Promise<void>;
  /** Ends the process and removes its data. */
  stop(): Promise<void>;
}

/** What the store asks for (S4): every commit on the disk before it is answered, nothing evicted. */
const SAFE: RedisSettings = {
  ...{ appendonly: 'yes', appendfsync: 'always', save: '', 'maxmemory-policy': 'noeviction' },
  // So that what stands in its files can be read there.
  rdbcompression: 'no',
};

const READY_MS = 60_000;
const POLL_MS = 20;

const running = new Map<ChildProcess, string>();
// A test run that is cut short must not leave servers or folders behind.
process.once('exit', () => {
  for (const [child, folder] of running) {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Below what systems give to outgoing connections, so that none takes the place of a server that is down for a moment. */
const [FIRST_PORT, LAST_PORT] = [15_000, 32_000];

/** A port of 127.0.0.1 that nobody listens on just now. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
};

/** Asks again until it holds. @throws Error after {@link READY_MS} */
const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const giveUpAt = Date.now() + READY_MS;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > giveUpAt) throw new Error(`gave up waiting: ${what}`);
    await pause(POLL_MS);
  }
};

const commandOn = async (port: number, words: readonly string[]): Promise<RedisReply> => {
  const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false, connectTimeout: 10_000 }, RESP: 2 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.sendCommand([...words])) as unknown as RedisReply;
  } finally {
    client.destroy();
  }
};

/**
 * Ends the server when this process is gone, however that one ended: a shell that waits for a line, whose wire the system closes then. It is
 * told when the server has ended before, so that nobody is ended who has come by its number since.
 */
const leashed = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  const keeper = spawn('sh', ['-c', 'read -r over || kill -9 "$1"', 'keeper', String(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'] });
  keeper.stdin.on('error', () => undefined);
  child.once('exit', () => keeper.stdin.end('over\n'));
};

const launch = async (port: number, folder: string, settings: RedisSettings): Promise<ChildProcess> => {
  const words = Object.entries({ ...settings, port: String(port), bind: '127.0.0.1', dir: folder }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  const child = spawn('redis-server', words, { stdio: 'ignore' });
  leashed(child);
  running.set(child, folder);
  child.once('exit', () => running.delete(child));
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server on ${port} ended with ${code} before it was ready`)));
  });
  failed.catch(() => undefined);
  const ready = until(`redis-server on ${port}`, async () => (await commandOn(port, ['PING'])) === 'PONG');
  await Promise.race([ready, failed]);
  return child;
};

/** Starts one server: append-only file, synced at every commit, unless `settings` say otherwise. */
export const startRedis = async (settings: RedisSettings = {}): Promise<RedisServer> => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'huddle-redis-'));
  let wanted: RedisSettings = { ...SAFE, ...settings };
  let child = await launch(port, folder, wanted);

  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    folder,
    command: (...words) => commandOn(port, words),
    kill,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async start(changed = {}) {
      await kill();
      wanted = { ...wanted, ...changed };
      child = await launch(port, folder, wanted);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A primary and its replica. */
export interface RedisPair {
  readonly primary: RedisServer;
  readonly replica: RedisServer;
  /** Makes the replica a primary of its own, as a failover does. */
  promote(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a primary with one replica that has caught up. */
export const startRedisPair = async (settings: RedisSettings = {}): Promise<RedisPair> => {
  // A replica that was fed without a file in between gets nothing before its first acknowledgement, up to a second later.
  const primary = await startRedis({ 'repl-diskless-sync': 'no', ...settings });
  const replica = await startRedis({ ...settings, replicaof: `127.0.0.1 ${primary.port}` });
  // Until the replica has rewritten its own file, its acknowledgements are slow.
  await until('replica in step', async () => {
    const info = String(await replica.command('INFO'));
    return info.includes('master_link_status:up') && !/aof_rewrite_(in_progress|scheduled):1/.test(info);
  });
  return {
    primary,
    replica,
    async promote() {
      await replica.command('REPLICAOF', 'NO', 'ONE');
    },
    async stop() {
      await Promise.all([primary.stop(), replica.stop()]);
    },
  };
};

/** A cluster of primaries that share all slots. */
export interface RedisCluster {
  readonly servers: readonly RedisServer[];
  /** All addresses, separated by commas, as `REDIS_URL` takes them. */
  readonly url: string;
  /** Resolves when every node calls the cluster ok. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** Starts a cluster of `size` primaries without replicas; resolves when every node calls the cluster ok. */
export const startRedisCluster = async (size = 3, settings: RedisSettings = {}): Promise<RedisCluster> => {
  const servers = await Promise.all(
    Array.from({ length: size }, async () =>
      startRedis({ 'cluster-enabled': 'yes', 'cluster-node-timeout': '2000', 'cluster-port': String(await freePort()), ...settings }),
    ),
  );
  const busPorts = await Promise.all(
    servers.map(async (server) => String(((await server.command('CONFIG', 'GET', 'cluster-port')) as string[])[1])),
  );
  await Promise.all(
    servers.map(async (server, index) => {
      await server.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
      const from = Math.floor((SLOTS * index) / size);
      const to = Math.floor((SLOTS * (index + 1)) / size) - 1;
      await server.command('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
    }),
  );
  const [first, ...others] = servers;
  for (const [index, other] of others.entries()) {
    await first?.command('CLUSTER', 'MEET', '127.0.0.1', String(other.port), String(busPorts[index + 1]));
  }
  const ready = (): Promise<void> =>
    until('cluster_state:ok on every node', async () => {
      const states = await Promise.all(servers.map(async (server) => String(await server.command('CLUSTER', 'INFO'))));
      return states.every((state) => state.includes('cluster_state:ok') && state.includes(`cluster_known_nodes:${size}`));
    });
  await ready();
  return {
    servers,
    url: servers.map((server) => server.url).join(','),
    ready,
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
};
