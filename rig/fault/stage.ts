/** A deployment in which everything that talks to something else does so through a proxy: phones to nodes, nodes to Redis. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedStore } from '../../server/src/store/embedded.ts';
import { openRedisStore } from '../../server/src/store/redis.ts';
import { loadWhole, type Store, type StoredBoard } from '../../server/src/store/store.ts';
import { Deployment, type TestBoard } from '../deployment.ts';
import type { ServerNode } from '../node.ts';
import { Proxy } from '../proxy.ts';
import { eventually } from '../wait.ts';
import { startRedis, type RedisPair, type RedisServer, type RedisSettings } from '../redis.ts';
import { commitsInRedis } from './aof.ts';
import type { LoggedCommit } from './commit-log.ts';
import { commitsRecorded } from './record.ts';

/** The file must tell everything from the first commit on. */
export const NEVER_REWRITTEN: RedisSettings = { 'auto-aof-rewrite-percentage': '0' };

/** How long a store may take to answer on a machine with much else to do. */
const READ_MS = 60_000;

/** All that is stored, read by a store of one's own, which is asked again while it does not answer. */
const readBoard = (open: () => Promise<Store>, board: string): Promise<StoredBoard> =>
  eventually(
    'the board, read from the store',
    async () => {
      const store = await open();
      try {
        return await loadWhole(store, board);
      } finally {
        await store.close();
      }
    },
    READ_MS,
  );

export class Stage {
  readonly deployment: Deployment;
  readonly redis: RedisServer | undefined;
  /** Between phones and each node. */
  readonly doors: Proxy[] = [];
  /** Between each node and Redis; none where the store is embedded. */
  readonly links: Proxy[] = [];
  /** Whoever is on the stage leaves before it is taken down, also when something went wrong. */
  readonly guests: { leave(): Promise<void> }[] = [];
  #board: TestBoard | undefined;
  #record = '';

  private constructor(deployment: Deployment, redis: RedisServer | undefined) {
    this.deployment = deployment;
    this.redis = redis;
  }

  /** Two nodes over one Redis. */
  static async overRedis(): Promise<Stage> {
    const redis = await startRedis(NEVER_REWRITTEN);
    const stage = new Stage(Deployment.bare(), redis);
    return stage.#set(async () => {
      for (let index = 0; index < 2; index += 1) {
        const link = await Proxy.before(redis.port);
        stage.links.push(link);
        await stage.#open(await stage.deployment.addNode({}, { redisUrl: `redis://127.0.0.1:${String(link.port)}` }));
      }
    });
  }

  /** Two nodes over a primary and its replica, which is the one that will be left at the end. @param replicas what each commit waits for */
  static async overPair({ primary, replica }: RedisPair, replicas: 0 | 1): Promise<Stage> {
    const stage = new Stage(Deployment.bare(), replica);
    const more = { redisUrl: `${replica.url},${primary.url}` };
    return stage.#set(async () => {
      for (let index = 0; index < 2; index += 1) {
        await stage.#open(await stage.deployment.addNode({ HUDDLE_REPLICAS: String(replicas) }, more));
      }
    });
  }

  /** One node with its own store, which writes down every commit. @param data its folder, a fresh one unless told */
  static async embedded(data?: string): Promise<Stage> {
    const stage = new Stage(Deployment.bare(), undefined);
    return stage.#set(async () => {
      stage.#record = join(await mkdtemp(join(tmpdir(), 'huddle-record-')), 'record.jsonl');
      const more = { program: 'rig/fault/recorded-node.ts', ...(data === undefined ? {} : { data }) };
      await stage.#open(await stage.deployment.addNode({ RECORD: stage.#record }, more));
    });
  }

  async #set(up: () => Promise<void>): Promise<this> {
    try {
      await up();
      this.#board = await this.deployment.board();
      return this;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async #open(node: ServerNode): Promise<void> {
    this.doors.push(await Proxy.before(node.port));
  }

  get board(): TestBoard {
    if (this.#board === undefined) throw new Error('no board yet');
    return this.#board;
  }

  get nodes(): readonly ServerNode[] {
    return this.deployment.nodes;
  }

  /** Where phones go, in whichever order. */
  get urls(): string[] {
    return this.doors.map((door) => door.url);
  }

  /** Every commit so far, as the store wrote it. */
  commits(): LoggedCommit[] {
    if (this.redis === undefined) return commitsRecorded(this.#record, this.board.slug);
    return commitsInRedis(this.redis.folder, this.board.slug);
  }

  /** The board in the store. An embedded store has one user: its node must have left before. */
  stored(): Promise<StoredBoard> {
    const common = { now: Date.now };
    const [node] = this.nodes;
    const { redis } = this;
    const open = (): Promise<Store> =>
      redis === undefined
        ? openEmbeddedStore({ folder: node?.data ?? '', ...common })
        : openRedisStore({ url: redis.url, durability: 'full', replicas: 0, ...common });
    return readBoard(open, this.board.slug);
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) if (node.running) node.signal('SIGCONT');
    this.redis?.resume();
    await Promise.all(this.guests.map((guest) => guest.leave()));
    await Promise.all([...this.doors, ...this.links].map((proxy) => proxy.close()));
    await this.deployment.stop();
    await this.redis?.stop();
    if (this.#record !== '') await rm(join(this.#record, '..'), { recursive: true, force: true });
  }
}
