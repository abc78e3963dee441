/**
 * Pictures by what they say. A link that lands in a large chat is asked for by many at once: equal wishes share one drawing, what was drawn
 * is kept, only so many wait, and a thread that hangs is replaced.
 */
import { hash } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../worker.ts';
import type { PictureReply, PictureWish } from './picture-worker.ts';
import type { PictureWords } from './picture-words.ts';

/** How many pictures are kept (some 40 KB each), and how many may wait to be drawn. */
const KEPT = 200;
const WAITING = 32;
/** How long one drawing may take, loading of fonts and a busy machine included, in ms. */
const PATIENCE_MS = 20_000;

/** A picture that was not drawn, and should be asked for later. */
export class PictureBusy extends Error {}

interface Waiting {
  readonly words: PictureWords;
  readonly drawn: Promise<Buffer>;
  resolve(png: Buffer): void;
  reject(error: Error): void;
}

export interface Painter {
  /** @throws PictureBusy when too many wait, or the drawing failed */
  paint(words: PictureWords): Promise<Buffer>;
  close(): Promise<void>;
}

/** Names a picture by what it says. */
export const pictureKey = (words: PictureWords): string => hash('sha256', JSON.stringify(words), 'base64url').slice(0, 16);

class ThreadPainter implements Painter {
  readonly #start: () => Worker;
  readonly #kept = new Map<string, Buffer>();
  readonly #waiting = new Map<string, Waiting>();
  #worker: Worker | undefined;
  /** The one that is being drawn, and its number; a late answer from before has another. */
  #current: { readonly key: string; readonly number: number; readonly timer: NodeJS.Timeout } | undefined;
  #drawn = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  paint(words: PictureWords): Promise<Buffer> {
    const key = pictureKey(words);
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return Promise.resolve(kept);
    }
    const known = this.#waiting.get(key);
    if (known !== undefined) return known.drawn;
    if (this.#waiting.size >= WAITING) return Promise.reject(new PictureBusy('Too many pictures wait to be drawn.'));
    let answers: Pick<Waiting, 'resolve' | 'reject'> | undefined;
    const drawn = new Promise<Buffer>((resolve, reject) => (answers = { resolve, reject }));
    if (answers !== undefined) this.#waiting.set(key, { words, drawn, ...answers });
    this.#next();
    return drawn;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#drop('The node leaves.');
    await worker?.terminate();
  }

  #next(): void {
    const [first] = this.#waiting;
    if (this.#current !== undefined || first === undefined) return;
    const [key, { words }] = first;
    const number = (this.#drawn += 1);
    const timer = setTimeout(() => this.#fail('The drawing took too long.'), PATIENCE_MS);
    this.#current = { key, number, timer };
    this.#ready().postMessage({ number, words } satisfies PictureWish);
  }

  #ready(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#start();
    worker.on('message', (reply: PictureReply) => this.#answer(reply));
    worker.on('error', (error) => this.#worker === worker && this.#fail(error.message));
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #answer(reply: PictureReply): void {
    if (this.#current?.number !== reply.number) return;
    const waiting = this.#settle();
    if (waiting === undefined) return;
    if ('png' in reply) {
      const png = Buffer.from(reply.png);
      this.#kept.set(pictureKey(waiting.words), png);
      const oldest = this.#kept.keys().next().value;
      if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
      waiting.resolve(png);
    } else waiting.reject(new PictureBusy(reply.trouble));
    this.#next();
  }

  /** The thread is of no use any more: whoever asked is told, the others get a new one. */
  #fail(why: string): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#settle()?.reject(new PictureBusy(why));
    this.#next();
  }

  #drop(why: string): void {
    this.#worker = undefined;
    this.#settle();
    for (const waiting of this.#waiting.values()) waiting.reject(new PictureBusy(why));
    this.#waiting.clear();
  }

  /** Takes what is being drawn out of the line. */
  #settle(): Waiting | undefined {
    const current = this.#current;
    this.#current = undefined;
    if (current === undefined) return undefined;
    clearTimeout(current.timer);
    const waiting = this.#waiting.get(current.key);
    this.#waiting.delete(current.key);
    return waiting;
  }
}

/** @param start of the drawing thread; another one in tests */
export const createPainter = (start: () => Worker = () => startWorker(new URL('./picture-worker.ts', import.meta.url))): Painter =>
  new ThreadPainter(start);
