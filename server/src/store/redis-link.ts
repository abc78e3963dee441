/**
 * One living set of connections to Redis: to the one server, or to each primary of a cluster. A link never heals. Whatever goes wrong with
 * it – a socket, a silence, a slot that moved, a primary that became a replica – it goes down as a whole and the store builds a new one, so
 * that there is one way to recover and settings are read again each time (S4).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createClient, ErrorReply } from 'redis';
import { slotOf } from './redis-slot.ts';
import { STORE_TIMEOUT_MS, StoreAway } from './store.ts';

type Client = ReturnType<typeof newClient>;

/** What Redis answers. */
export type Reply = string | number | null | readonly Reply[];

/** A Lua script that lies beside this file. */
export interface Script {
  readonly source: string;
  readonly sha: string;
}
export const readScript = (name: string): Script => {
  const source = readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
  return { source, sha: createHash('sha1').update(source).digest('hex') };
};

/** One primary: a connection for commands, one for its feed. */
export interface LinkNode {
  /** `host:port`, for sentences; never a password. */
  readonly name: string;
  readonly commands: Client;
  readonly feed: Client;
  /** First and last slot of each range that it serves; none: everything. */
  readonly slots: readonly (readonly [first: number, last: number])[];
}

/** A silent connection is found within one heartbeat and one time-out. */
const HEARTBEAT_MS = 1000;
/** Answers that mean: this is not, or no longer, the server to ask. */
const ELSEWHERE = /^(MOVED|ASK|TRYAGAIN|CLUSTERDOWN|READONLY|LOADING|MASTERDOWN)\b/;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The promise, but not longer than `ms`. @throws StoreAway */
export const within = async <T>(ms: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // A stalled event loop is not a silent Redis: sockets are read once more before the verdict.
    timer = setTimeout(() => setImmediate(() => reject(new StoreAway(`Redis did not answer within ${ms} ms`))), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

const nameOf = (url: string): string => new URL(url).host;

export class RedisLink {
  /** Sharded pub/sub is a cluster's. */
  readonly sharded: boolean;
  readonly nodes: readonly LinkNode[];
  readonly #onDown: (reason: string) => void;
  readonly #subscriptions = new Map<string, Promise<void>>();
  readonly #heartbeat: NodeJS.Timeout;
  #down = false;

  private constructor(nodes: readonly LinkNode[], sharded: boolean, onDown: (reason: string) => void) {
    this.nodes = nodes;
    this.sharded = sharded;
    this.#onDown = onDown;
    for (const { name, commands, feed } of nodes) {
      for (const client of [commands, feed]) client.on('error', (error) => this.#fail(`${name}: ${messageOf(error)}`));
      feed.on('sharded-channel-moved', () => this.#fail(`${name}: a slot moved`));
    }
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS).unref();
  }

  /**
   * Connects to the first of `urls` that answers, and to the whole cluster if it belongs to one. `onDown` is called once, when the link is lost.
   * @throws StoreAway when none answers
   */
  static async open(urls: readonly string[], onDown: (reason: string) => void): Promise<RedisLink> {
    const reasons: string[] = [];
    for (const url of urls) {
      const clients: Client[] = [];
      try {
        const found = await within(2 * STORE_TIMEOUT_MS, connectNodes(url, clients));
        const link = new RedisLink(found.nodes, found.sharded, onDown);
        if (clients.every((client) => client.isReady)) return link;
        link.close();
        reasons.push(`${nameOf(url)}: the connection broke`);
      } catch (error) {
        for (const client of clients) client.destroy();
        reasons.push(`${nameOf(url)}: ${messageOf(error)}`);
      }
    }
    throw new StoreAway(`Redis cannot be reached (${reasons.join('; ')}): start it, or correct REDIS_URL.`);
  }

  get isDown(): boolean {
    return this.#down;
  }

  /** One command to the server that has the board. @throws StoreAway */
  async call(board: string, words: readonly string[], ms = STORE_TIMEOUT_MS): Promise<Reply> {
    return this.#send(board, words, ms).catch((error: unknown) => {
      throw this.#read(error);
    });
  }

  /** One script on the server that has the board. @throws StoreAway */
  async run(script: Script, board: string, keys: readonly string[], values: readonly string[], ms = STORE_TIMEOUT_MS): Promise<Reply> {
    const rest = [String(keys.length), ...keys, ...values];
    try {
      return await this.#send(board, ['EVALSHA', script.sha, ...rest], ms);
    } catch (error) {
      if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw this.#read(error);
      return this.call(board, ['EVAL', script.source, ...rest], ms);
    }
  }

  /** Resolves once the channel is listened to. @throws StoreAway */
  async subscribe(board: string, channel: string, listener: (message: string) => void): Promise<void> {
    let subscription = this.#subscriptions.get(channel);
    if (!subscription) {
      const { feed } = this.#nodeOf(board);
      const asked = this.sharded ? feed.sSubscribe(channel, listener) : feed.subscribe(channel, listener);
      subscription = within(STORE_TIMEOUT_MS, asked).catch((error: unknown) => {
        throw this.#read(error);
      });
      this.#subscriptions.set(channel, subscription);
    }
    await subscription;
  }

  async unsubscribe(board: string, channel: string): Promise<void> {
    if (this.#down || !this.#subscriptions.delete(channel)) return;
    const { feed } = this.#nodeOf(board);
    await within(STORE_TIMEOUT_MS, this.sharded ? feed.sUnsubscribe(channel) : feed.unsubscribe(channel)).catch((error: unknown) => {
      throw this.#read(error);
    });
  }

  /** Lets go of every connection, without a word to `onDown`. */
  close(): void {
    this.#down = true;
    clearInterval(this.#heartbeat);
    for (const { commands, feed } of this.nodes) {
      commands.destroy();
      feed.destroy();
    }
  }

  #nodeOf(board: string): LinkNode {
    const slot = slotOf(board);
    const node = this.nodes.find(({ slots }) => slots.length === 0 || slots.some(([first, last]) => first <= slot && slot <= last));
    if (!node) throw new StoreAway(`no Redis node serves slot ${slot}`);
    return node;
  }

  async #send(board: string, words: readonly string[], ms: number): Promise<Reply> {
    if (this.#down) throw new StoreAway('the connection to Redis is lost');
    return within(ms, this.#nodeOf(board).commands.sendCommand<Reply>([...words]));
  }

  /** A refusal concerns one command; everything else, the link. */
  #read(error: unknown): StoreAway {
    const refused = error instanceof ErrorReply && !ELSEWHERE.test(error.message);
    if (!refused) this.#fail(messageOf(error));
    return error instanceof StoreAway ? error : new StoreAway(`Redis: ${messageOf(error)}`, { cause: error });
  }

  /** On the feed's connection, where no large answer delays it. */
  async #beat(): Promise<void> {
    try {
      await within(STORE_TIMEOUT_MS, Promise.all(this.nodes.map(({ feed }) => feed.ping())));
    } catch (error) {
      this.#fail(messageOf(error));
    }
  }

  #fail(reason: string): void {
    if (this.#down) return;
    this.close();
    this.#onDown(reason);
  }
}

const newClient = (url: string) =>
  createClient({
    url,
    socket: { connectTimeout: STORE_TIMEOUT_MS, reconnectStrategy: false },
    disableOfflineQueue: true,
    // What is waited for too long is seen by `within`; the library would make an abort signal for every command besides.
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
  });

const connect = async (url: string, clients: Client[]): Promise<Client> => {
  const client = newClient(url);
  clients.push(client);
  // Until the link listens, a failure is what `connect` rejects with.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

const connectNode = async (url: string, clients: Client[], slots: LinkNode['slots'] = []): Promise<LinkNode> => {
  const [commands, feed] = await Promise.all([connect(url, clients), connect(url, clients)]);
  return { name: nameOf(url), commands, feed, slots };
};

/** The server at `url`, or all primaries of its cluster. Whatever is opened is added to `clients`. */
const connectNodes = async (url: string, clients: Client[]): Promise<{ nodes: LinkNode[]; sharded: boolean }> => {
  const scout = await connectNode(url, clients);
  const info = infoOf(await scout.commands.info());
  if (info.get('cluster_enabled') !== '1') {
    if (info.get('role') === 'slave') throw new StoreAway('it is a replica');
    if (info.get('loading') === '1') throw new StoreAway('it is still loading its data');
    return { nodes: [scout], sharded: false };
  }
  const ranges = (await scout.commands.sendCommand(['CLUSTER', 'SLOTS'])) as unknown as [number, number, [string | null, number]][];
  scout.commands.destroy();
  scout.feed.destroy();
  const slotsByUrl = new Map<string, [number, number][]>();
  for (const [first, last, [host, port]] of ranges) {
    const node = new URL(url);
    // A node that does not know its own address is the one that was asked.
    if (host) node.hostname = host.includes(':') ? `[${host}]` : host;
    node.port = String(port);
    slotsByUrl.set(node.href, [...(slotsByUrl.get(node.href) ?? []), [first, last]]);
  }
  clients.length = 0;
  const nodes = await Promise.all([...slotsByUrl].map(([each, slots]) => connectNode(each, clients, slots)));
  return { nodes, sharded: true };
};

/** The answer to INFO, by field. */
export const infoOf = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^([a-z_0-9]+):(.*?)\r?$/gm)].map(([, field = '', value = '']) => [field, value]));
