/** The store without Redis: one data file on this machine, behind a worker thread (S5). Twin of `redis.ts`. */
import { join, resolve as absolute } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { StoredRecord } from '../board/records.ts';
import { makeDataFolder } from '../data-folder.ts';
import { prepareCommit, receiptDay } from './commit.ts';
import type { EmbeddedCalls, EmbeddedReply, EmbeddedVerb } from './embedded-worker.ts';
import {
  STORE_TIMEOUT_MS,
  StoreAway,
  StoreUnfit,
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
import { startWorker } from '../worker.ts';
import { Watchers } from './watchers.ts';

export interface EmbeddedOptions {
  /** Where the data file lives; made (mode 700) if missing. */
  readonly folder: string;
  /** Epoch ms; decides the bucket of a receipt. */
  readonly now: () => number;
  readonly log?: { warn(sentence: string): void };
}

/** The embedded store can also copy itself. */
export interface EmbeddedStore extends Store {
  /** Writes a complete copy to `path`, which must not exist, while commits go on. @throws StoreAway when the copy failed */
  backup(path: string): Promise<void>;
}

/** Opening, loading, copying and closing take as long as the data is large. */
const PATIENT: ReadonlySet<EmbeddedVerb> = new Set(['open', 'load', 'backup', 'erase', 'close']);

interface Waiting {
  readonly records: ((json: string) => void) | undefined;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Who hears, beside the one who asked, the answer at once and the records that come before it. */
interface Hearing<V extends EmbeddedVerb> {
  readonly answered?: (answer: EmbeddedCalls[V]['answer']) => void;
  readonly records?: (json: string) => void;
}

/**
 * Data files that this process has open. The system's file locks do not tell one thread from another – worse, a process that opens and
 * closes a file once more loses the lock that it holds.
 */
const inUse = new Set<string>();

/**
 * Opens the data file, alone.
 * @throws StoreUnfit when it is damaged, in use by another process, or the disk fails
 */
export const openEmbeddedStore = async (options: EmbeddedOptions): Promise<EmbeddedStore> => {
  const path = join(absolute(options.folder), 'huddle.db');
  if (inUse.has(path)) throw new StoreUnfit(`This process uses the data file ${path} already.`);
  inUse.add(path);
  try {
    makeDataFolder(options.folder);
  } catch (error) {
    inUse.delete(path);
    throw new StoreUnfit(`The data folder ${options.folder} cannot be made (${(error as Error).message}).`);
  }
  const store = new Embedded(startWorker(new URL('./embedded-worker.ts', import.meta.url), { workerData: { path } }), path, options);
  try {
    await store.open();
  } catch (error) {
    await store.close();
    throw error;
  }
  return store;
};

class Embedded implements EmbeddedStore {
  readonly #watchers = new Watchers();
  readonly #waiting = new Map<number, Waiting>();
  readonly #healthListeners: ((health: StoreHealth) => void)[] = [];
  readonly #ended: Promise<void>;
  #asked = 0;
  #health: StoreHealth = { reachable: true, durability: 'full' };
  /** Set once the thread has ended or the file must not be used: what every call is answered from then on. */
  #over: Error | undefined;

  constructor(
    private readonly worker: Worker,
    private readonly path: string,
    private readonly options: EmbeddedOptions,
  ) {
    worker.on('message', (reply: EmbeddedReply) => this.#settle(reply));
    worker.on('error', (error) => this.#end(new StoreUnfit(`The thread of the data file ${path} failed (${String(error)}). Start again.`)));
    this.#ended = new Promise((done) =>
      worker.once('exit', () => {
        this.#end(new StoreAway('the store is closed'));
        inUse.delete(path);
        done();
      }),
    );
  }

  get health(): StoreHealth {
    return this.#health;
  }

  onHealth(listener: (health: StoreHealth) => void): void {
    this.#healthListeners.push(listener);
  }

  async open(): Promise<void> {
    await this.#ask('open', {});
  }

  async load(board: string, take: (part: StoreChange) => void): Promise<BoardState> {
    const records = (json: string): void => take({ put: JSON.parse(json) as StoredRecord[], gone: [] });
    const { head, tail } = await this.#ask('load', { board }, { records });
    return { head, tail: JSON.parse(tail) as TailEntry[] };
  }

  async commit(board: string, follows: Head, change: StoreChange, receipts: readonly Receipt[]): Promise<CommitAnswer> {
    const commit = prepareCommit(follows, change, receipts);
    const publication: Publication = { follows, head: commit.head, put: change.put, gone: change.gone };
    // Published also when the answer comes too late for the writer: the commit stands.
    const publish = (outcome: EmbeddedCalls['commit']['answer']): void => {
      if (outcome.kind === 'committed') this.#watchers.publish(board, publication);
    };
    const outcome = await this.#ask('commit', { board, commit, today: this.#today }, { answered: publish });
    return outcome.kind === 'committed' ? { kind: 'committed', head: commit.head } : outcome;
  }

  async since(board: string, head: Head): Promise<SinceAnswer> {
    const outcome = await this.#ask('since', { board, head });
    if (outcome.kind !== 'change') return outcome;
    const put = JSON.parse(outcome.put) as StoredRecord[];
    return {
      kind: 'change',
      change: { follows: head, head: outcome.head, put, gone: outcome.gone },
      tail: outcome.tail,
    };
  }

  async receipts(board: string, keys: readonly string[]): Promise<readonly Receipt[]> {
    return this.#ask('receipts', { board, keys, today: this.#today });
  }

  async heads(boards: readonly string[]): Promise<readonly Head[]> {
    return this.#ask('heads', { boards });
  }

  watch(board: string, listener: (publication: Publication) => void): Promise<() => Promise<void>> {
    this.#watchers.add(board, listener);
    return Promise.resolve(() => {
      this.#watchers.remove(board, listener);
      return Promise.resolve();
    });
  }

  async erase(): Promise<void> {
    await this.#ask('erase', {});
  }

  async backup(path: string): Promise<void> {
    await this.#ask('backup', { path });
  }

  async close(): Promise<void> {
    if (!this.#over) await this.#ask('close', {}).catch((error: unknown) => this.options.log?.warn(String(error)));
    await this.#ended;
  }

  get #today(): number {
    return receiptDay(this.options.now());
  }

  #ask<V extends EmbeddedVerb>(
    verb: V,
    ask: EmbeddedCalls[V]['ask'],
    { answered, records }: Hearing<V> = {},
  ): Promise<EmbeddedCalls[V]['answer']> {
    if (this.#over) return Promise.reject(this.#over);
    const patient = PATIENT.has(verb);
    // While the disk hangs nothing queues behind it.
    if (!this.#health.reachable && !patient) return Promise.reject(new StoreAway(`the disk that holds ${this.path} does not answer`));
    const number = ++this.#asked;
    return new Promise<EmbeddedCalls[V]['answer']>((resolve, reject) => {
      const timer = patient ? undefined : setTimeout(() => this.#stall(reject), STORE_TIMEOUT_MS);
      this.#waiting.set(number, {
        resolve: (answer) => {
          clearTimeout(timer);
          // The thread answers a verb with that verb's answer.
          const typed = answer as EmbeddedCalls[V]['answer'];
          answered?.(typed);
          resolve(typed);
        },
        records,
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.worker.postMessage({ number, verb, ...ask });
    });
  }

  #stall(reject: (error: Error) => void): void {
    this.#setReachable(false);
    reject(new StoreAway(`the disk that holds ${this.path} did not answer within ${STORE_TIMEOUT_MS} ms`));
  }

  #settle(reply: EmbeddedReply): void {
    const waiting = this.#waiting.get(reply.number);
    if ('records' in reply) {
      waiting?.records?.(reply.records);
      return;
    }
    this.#waiting.delete(reply.number);
    if ('answer' in reply) {
      this.#setReachable(true);
      waiting?.resolve(reply.answer);
      return;
    }
    const { kind, sentence } = reply.trouble;
    // Of an unfit file the error itself is what people are told.
    if (kind !== 'unfit') this.options.log?.warn(sentence);
    this.#setReachable(kind !== 'unfit');
    waiting?.reject(kind === 'unfit' ? new StoreUnfit(sentence) : new StoreAway(sentence));
  }

  #setReachable(reachable: boolean): void {
    if (this.#health.reachable === reachable) return;
    this.#health = { ...this.#health, reachable };
    for (const listener of this.#healthListeners) listener(this.#health);
  }

  #end(error: Error): void {
    this.#over ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#over);
    this.#waiting.clear();
    this.#setReachable(false);
  }
}
