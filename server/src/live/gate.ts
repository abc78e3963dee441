/** The gate at the door (N8): so many handshakes a second, fewer while the event loop is late; the surplus is told when to come back. */
import { loopDelay } from './beat.ts';
import { Bucket } from './limit.ts';

/** A second, and at once: no more than a node does in a fraction of a second, so that those inside do not notice who arrives. */
const HANDSHAKES_A_SECOND = 1000;
const HANDSHAKES_AT_ONCE = 500;
/** Event-loop delay (median, ms) above which nobody new is let in. */
const LATE_MS = 200;
const SWEEP_MS = 5000;
/** Nobody is told to come back later than this: by then the node may be another one. */
const LONGEST_MS = 30_000;

export class Gate {
  readonly #bucket: Bucket;
  readonly #random: () => number;
  readonly #timer: NodeJS.Timeout;
  /** Until when those turned away will be coming back, one after the other, by `performance.now()`. */
  #expected = 0;

  constructor(random: () => number) {
    this.#bucket = new Bucket(HANDSHAKES_A_SECOND, HANDSHAKES_AT_ONCE, performance.now());
    this.#random = random;
    this.#timer = setInterval(() => {
      loopDelay.reset();
    }, SWEEP_MS).unref();
  }

  /** 0 to come in, else milliseconds after which to come back: one after the other, as fast as the gate lets in, and not as one crowd. */
  enter(): number {
    const now = performance.now();
    if (loopDelay.read() > LATE_MS) return Math.ceil(SWEEP_MS * (1 + this.#random()));
    if (this.#bucket.take(now) === 0) return 0;
    this.#expected = Math.max(now, this.#expected) + 1000 / HANDSHAKES_A_SECOND;
    return Math.ceil(Math.min(LONGEST_MS, this.#expected - now) + this.#random() * 100);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
