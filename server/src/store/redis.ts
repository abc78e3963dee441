/** The store that several nodes share: one Redis, a primary with replicas, or a Redis Cluster (S4). Twin of `embedded.ts`. */
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StoredRecord } from '../board/records.ts';
import {
  prepareCommit,
  publicationJson,
  readPublication,
  readReceipt,
  readRecord,
  readTailEntry,
  receiptDay,
  receiptDays,
  type PreparedCommit,
} from './commit.ts';
import { channelOf, fenceOf, headText, keysOf, readHead, receiptsKey } from './redis-keys.ts';
import { readScript, RedisLink, within, type Reply } from './redis-link.ts';
import { rewriteFiles } from './redis-rewrite.ts';
import { judgeSettings, readSettings } from './redis-settings.ts';
import {
  SINCE_RECORDS,
  STORE_TIMEOUT_MS,
  StoreAway,
  StoreUnfit,
  TAIL_LENGTH,
  type BoardState,
  type CommitAnswer,
  type Head,
  type Publication,
  type Receipt,
  type SinceAnswer,
  type Store,
  type StoreChange,
  type StoreHealth,
  type TailEntry,
} from './store.ts';
import { Watchers } from './watchers.ts';

export interface RedisOptions {
  /** `redis[s]://…`; several, separated by commas: any of these nodes of a cluster will do. */
  readonly url: string;
  /** `relaxed`: the operator accepts that a power loss or a failover may take commits back. */
  readonly durability: 'full' | 'relaxed';
  /** Replicas that must have a commit before it is acknowledged. */
  readonly replicas: number;
  /** Epoch ms; decides the bucket of a receipt. */
  readonly now: () => number;
  readonly log?: { warn(sentence: string): void };
}

const COMMIT = readScript('commit.lua');
const LOAD = readScript('load.lua');
const SINCE = readScript('since.lua');

/** About how many records of a board are read at once: some milliseconds of Redis, which serves nobody else meanwhile. */
const LOAD_RECORDS = 2000;
/** What `load.lua` is asked for first, and what it says with the last part. */
const BEGIN = '';
const END = '0';
/** Ends before the command itself counts as unanswered. */
const REPLICA_TIMEOUT_MS = STORE_TIMEOUT_MS - 200;
/** Longer than two days, whenever in its day a bucket was begun; Redis drops it whole. */
const RECEIPT_SECONDS = 3 * 86_400;
const RETRY_MS = 250;
/** A larger publication would fill the subscribers' output buffers in Redis; it goes out as a hint, and listeners ask `since`. */
const PUBLICATION_CHARACTERS = 1_000_000;

/** What goes over a channel. */
type FeedMessage = Publication | Pick<Publication, 'follows' | 'head'>;

const messageFor = (commit: PreparedCommit): string => {
  const whole = publicationJson(commit);
  return whole.length <= PUBLICATION_CHARACTERS ? whole : JSON.stringify({ follows: commit.follows, head: commit.head });
};

/**
 * Connects, and reads Redis' settings.
 * @throws StoreAway when Redis does not answer
 * @throws StoreUnfit when its settings would lose commits and `durability` is `full`
 */
export const openRedisStore = async (options: RedisOptions): Promise<Store> => {
  const store = new RedisStore(options);
  await store.connect();
  return store;
};

class RedisStore implements Store {
  readonly #urls: readonly string[];
  readonly #watchers = new Watchers();
  readonly #healthListeners: ((health: StoreHealth) => void)[] = [];
  #health: StoreHealth;
  #link: RedisLink | undefined;
  /** Why there is no link. */
  #reason = 'not connected yet';
  #closed = false;

  constructor(private readonly options: RedisOptions) {
    this.#urls = options.url.split(',').map((url) => url.trim());
    this.#health = { reachable: false, durability: options.durability };
  }

  get health(): StoreHealth {
    return this.#health;
  }

  onHealth(listener: (health: StoreHealth) => void): void {
    this.#healthListeners.push(listener);
  }

  async load(board: string, take: (part: StoreChange) => void): Promise<BoardState> {
    const [link, keys] = [this.#ready(), keysOf(board)];
    const read = (cursor: string): Promise<Reply> => link.run(LOAD, board, keys, [cursor, String(LOAD_RECORDS)]);
    const hand = async (part: string): Promise<void> => take({ put: JSON.parse(part) as StoredRecord[], gone: [] });
    const [first, ...rest] = (await read(BEGIN)) as [string, string, string, string];
    let [cursor, part] = [first, rest[0]];
    while (cursor !== END) {
      // The next part is read while this one is made sense of.
      const [next] = await Promise.all([read(cursor), hand(part)]);
      [cursor, part] = next as [string, string];
    }
    await hand(part);
    const state = { head: readHead(rest[1]), tail: JSON.parse(rest[2]) as TailEntry[] };
    return first === END ? state : this.#brought(board, state, take);
  }

  /** A board that was read in several steps, brought to where it stands now. */
  async #brought(board: string, { head, tail }: BoardState, take: (part: StoreChange) => void): Promise<BoardState> {
    const answer = await this.since(board, head);
    if (answer.kind !== 'change') throw new StoreAway('the board was replaced, or much of it changed, while it was read');
    take(answer.change);
    return { head: answer.change.head, tail: [...tail, ...answer.tail].slice(-TAIL_LENGTH) };
  }

  async commit(board: string, follows: Head, change: StoreChange, receipts: readonly Receipt[]): Promise<CommitAnswer> {
    const link = this.#ready();
    const commit = prepareCommit(follows, change, receipts);
    const today = receiptDay(this.options.now());
    const buckets = [today, ...receiptDays(today).filter((day) => day !== today)].map((day) => receiptsKey(board, day));
    const values = [
      ...[headText(follows), headText(commit.head), commit.tailEntry, TAIL_LENGTH, RECEIPT_SECONDS].map(String),
      ...[link.sharded ? 'SPUBLISH' : 'PUBLISH', channelOf(board), messageFor(commit)],
      ...[commit.put.length, commit.gone.length, commit.receipts.length].map(String),
      ...[...commit.put.flat(), ...commit.gone, ...commit.receipts.flat()],
    ];
    const [kind, ...known] = (await link.run(COMMIT, board, [...keysOf(board), ...buckets], values)) as [CommitAnswer['kind'], ...string[]];
    if (kind === 'conflict') return { kind };
    if (kind === 'committed') {
      await this.#replicated(link, board);
      return { kind, head: commit.head };
    }
    await this.#fenced(link, board);
    return { kind, receipts: known.map(readReceipt) };
  }

  async since(board: string, head: Head): Promise<SinceAnswer> {
    const reply = (await this.#ready().run(SINCE, board, keysOf(board), [String(head.rev), head.token, String(SINCE_RECORDS)])) as
      ['fork' | 'tooFar'] | ['change', string, string[], string[], string[]];
    if (reply[0] !== 'change') return { kind: reply[0] };
    const [kind, now, put, gone, tail] = reply;
    return { kind, change: { follows: head, head: readHead(now), put: put.map(readRecord), gone }, tail: tail.map(readTailEntry) };
  }

  async receipts(board: string, keys: readonly string[]): Promise<readonly Receipt[]> {
    if (keys.length === 0) return [];
    const link = this.#ready();
    const days = receiptDays(receiptDay(this.options.now()));
    const found = await Promise.all(days.map((day) => link.call(board, ['HMGET', receiptsKey(board, day), ...keys])));
    const receipts = (found as (string | null)[][]).flat().filter((json) => json !== null);
    if (receipts.length > 0) await this.#fenced(link, board);
    return receipts.map(readReceipt);
  }

  async heads(boards: readonly string[]): Promise<readonly Head[]> {
    const link = this.#ready();
    const [first] = boards;
    if (first === undefined) return [];
    const keys = boards.map((board) => keysOf(board)[0]);
    // One server is asked for all at once: ten thousand questions every two seconds would be a tenth of a core. In a cluster slots differ.
    const found = link.sharded
      ? await Promise.all(boards.map((board, index) => link.call(board, ['GET', keys[index] ?? ''])))
      : await link.call(first, ['MGET', ...keys]);
    return (found as (string | null)[]).map(readHead);
  }

  /** Each server writes its files anew, in a process of its own. */
  async erase(): Promise<void> {
    await Promise.all(this.#ready().nodes.map((node) => rewriteFiles(node)));
  }

  async watch(board: string, listener: (publication: Publication) => void): Promise<() => Promise<void>> {
    const link = this.#ready();
    this.#watchers.add(board, listener);
    try {
      await this.#listen(link, board);
    } catch (error) {
      this.#watchers.remove(board, listener);
      throw error;
    }
    return async () => {
      this.#watchers.remove(board, listener);
      if (!this.#watchers.has(board)) await this.#link?.unsubscribe(board, channelOf(board));
    };
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#lose('the store is closed');
    return Promise.resolve();
  }

  /** Makes a link, checks the servers, and listens again to every board that is watched. */
  async connect(): Promise<void> {
    let link: RedisLink | undefined = undefined;
    const opened = await RedisLink.open(this.#urls, (reason) => {
      if (!link || this.#link !== link) return;
      this.options.log?.warn(`Redis is away (${reason}).`);
      this.#lose(reason);
      void this.#reconnect();
    });
    try {
      const durability = await this.#durabilityOf(opened);
      await Promise.all(this.#watchers.boards.map((board) => this.#listen(opened, board)));
      if (opened.isDown || this.#closed) throw new StoreAway('the connection to Redis was lost at once');
      this.#link = link = opened;
      this.#setHealth({ reachable: true, durability });
    } catch (error) {
      opened.close();
      throw error;
    }
  }

  async #reconnect(): Promise<void> {
    for (;;) {
      await pause(RETRY_MS + randomInt(RETRY_MS / 2));
      if (this.#closed) return;
      try {
        await this.connect();
        this.options.log?.warn('Redis is back.');
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== this.#reason) this.options.log?.warn(reason);
        this.#reason = reason;
      }
    }
  }

  /** @throws StoreUnfit */
  async #durabilityOf(link: RedisLink): Promise<StoreHealth['durability']> {
    if (this.options.durability === 'relaxed') return 'relaxed';
    let durability: StoreHealth['durability'] = 'full';
    for (const node of link.nodes) {
      const { unsafe, unseen } = judgeSettings(await within(STORE_TIMEOUT_MS, readSettings(node)));
      if (unsafe.length > 0) {
        throw new StoreUnfit(
          `Redis at ${node.name} may lose commits: ${unsafe.join(', ')}. Change its configuration, or accept the loss with HUDDLE_DURABILITY=relaxed.`,
        );
      }
      if (unseen.length > 0) {
        durability = 'relaxed';
        this.options.log?.warn(
          `Redis at ${node.name} does not show ${unseen.join(', ')} (CONFIG is forbidden), so commits count as not safe from a power loss.`,
        );
      }
    }
    return durability;
  }

  #listen(link: RedisLink, board: string): Promise<void> {
    return link.subscribe(board, channelOf(board), (json) => this.#hear(board, json));
  }

  #hear(board: string, json: string): void {
    const message: FeedMessage = readPublication(json);
    if ('put' in message) this.#watchers.publish(board, message);
    else void this.#fetch(board, message.follows);
  }

  /** What a hint speaks of. If it cannot be had, the publication counts as lost (S3). */
  async #fetch(board: string, follows: Head): Promise<void> {
    try {
      const answer = await this.since(board, follows);
      if (answer.kind === 'change') this.#watchers.publish(board, answer.change);
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error;
    }
  }

  /**
   * Resolves once enough replicas have what this connection wrote (R4).
   * @throws StoreAway otherwise: the commit stands on the primary, but may not be acknowledged
   */
  async #replicated(link: RedisLink, board: string): Promise<void> {
    const { replicas } = this.options;
    if (replicas === 0) return;
    const reached = await link.call(board, ['WAIT', String(replicas), String(REPLICA_TIMEOUT_MS)]);
    if (Number(reached) < replicas) throw new StoreAway(`only ${Number(reached)} of ${replicas} replicas have the commit`);
  }

  /**
   * Before someone else's commit – or one of a lost connection – is acknowledged: WAIT counts only what its own connection wrote, so that one
   * writes something, and what was written before it is replicated by then, too.
   */
  async #fenced(link: RedisLink, board: string): Promise<void> {
    if (this.options.replicas === 0) return;
    await link.call(board, ['SET', fenceOf(board), randomUUID()]);
    await this.#replicated(link, board);
  }

  #ready(): RedisLink {
    if (!this.#link) throw new StoreAway(this.#reason);
    return this.#link;
  }

  #lose(reason: string): void {
    const link: RedisLink | undefined = this.#link;
    this.#link = undefined;
    this.#reason = reason;
    link?.close();
    this.#setHealth({ ...this.#health, reachable: false });
  }

  #setHealth(health: StoreHealth): void {
    const same = health.reachable === this.#health.reachable && health.durability === this.#health.durability;
    this.#health = health;
    if (!same) for (const listener of this.#healthListeners) listener(health);
  }
}
