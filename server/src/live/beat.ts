/** The beat of the ticks: the first at once, then one every 100 ms, slower while the event loop is late (N3). */
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Milliseconds between ticks. */
export const BEAT_MS = 100;
/** Slowest beat: what is shown is never older than this while the node lives. */
const SLOWEST_MS = 2000;
/** How much longer than its own work a tick rests, so that one tick never follows on the heels of the last. */
const REST = 1.5;

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

/** How late the event loop is in its ordinary turns, in ms: the median since `reset`, which one long turn does not move. */
export const loopDelay = {
  read: (): number => Math.max(0, delay.percentile(50) / 1e6 - 10),
  reset: (): void => {
    delay.reset();
  },
};

export class Beat {
  readonly #tick: (lateMs: number) => Promise<void>;
  #asked = false;
  #running = false;
  #timer: NodeJS.Timeout | undefined;
  #next = 0;
  /** When the tick that is waited for should begin. */
  #due = 0;

  /** @param tick is told how many ms later than its beat it begins */
  constructor(tick: (lateMs: number) => Promise<void>) {
    this.#tick = tick;
  }

  /** Wants a tick: at once when the last was long ago, else at the next beat. */
  ask(): void {
    this.#asked = true;
    if (this.#running || this.#timer !== undefined) return;
    // Whole milliseconds, upwards: a timer that is cut short would make eleven ticks a second out of ten.
    const wait = Math.ceil(Math.max(0, this.#next - performance.now()));
    this.#due = performance.now() + wait;
    this.#timer = setTimeout(() => void this.#run(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#running = true;
  }

  /** Asked while it ran. */
  #wantsMore(): boolean {
    return this.#asked;
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#running = true;
    this.#asked = false;
    const began = performance.now();
    await this.#tick(Math.max(0, began - this.#due));
    const took = performance.now() - began;
    this.#next = began + Math.min(SLOWEST_MS, Math.max(BEAT_MS, took * REST));
    this.#running = false;
    if (this.#wantsMore()) this.ask();
  }
}
