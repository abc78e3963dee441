/** The gate at the door (N8): so many handshakes a second, fewer while the event loop is late; the surplus is told when to come back. */
import { loopDelay } from './beat.ts';
import { Bucket } from './limit.ts';

/** A second and at once: a crowd that arrives together is in within seconds. */
const HANDSHAKES_A_SECOND = 1000;
const HANDSHAKES_AT_ONCE = 2000;
/** Event-loop delay (median, ms) above which nobody new is let in. */
const LATE_MS = 200;
const SWEEP_MS = 5000;

export class Gate {
  readonly #bucket: Bucket;
  readonly #random: () => number;
  readonly #timer: NodeJS.Timeout;

  constructor(random: () => number) {
    this.#random = random;
    this.#bucket = new Bucket(HANDSHAKES_A_SECOND, HANDSHAKES_AT_ONCE, performance.now());
    this.#timer = setInterval(() => {
      loopDelay.reset();
    }, SWEEP_MS).unref();
  }

  /** 0 to come in, else milliseconds after which to come back, spread so that the turned away do not return as one crowd. */
  enter(): number {
    const wait = loopDelay.read() > LATE_MS ? SWEEP_MS : this.#bucket.take(performance.now());
    return wait === 0 ? 0 : Math.ceil(wait + this.#random() * SWEEP_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
