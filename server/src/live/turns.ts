/** Work that comes in crowds, done in slices, so that no turn of the event loop is longer than those inside would bear (N3, P5). */

/** How long one slice goes on for, in ms. Twice as long was no cheaper (P1), and with a collection of garbage on top longer than P5 allows. */
const SLICE_MS = 2;

/** Does `each` for all of them, as many in one turn as a slice holds. */
export const inTurns = async <T>(things: Iterable<T>, each: (thing: T) => void): Promise<void> => {
  let until = performance.now() + SLICE_MS;
  for (const thing of things) {
    if (performance.now() >= until) {
      await new Promise(setImmediate);
      until = performance.now() + SLICE_MS;
    }
    each(thing);
  }
};

export class Turns {
  #waiting: (() => void)[] = [];

  /** Does the work in a later turn of the event loop, after what waits already. */
  add(work: () => void): void {
    this.#waiting.push(work);
    if (this.#waiting.length === 1) setImmediate(() => this.#slice());
  }

  #slice(): void {
    const until = performance.now() + SLICE_MS;
    let done = 0;
    do this.#waiting[done++]?.();
    while (done < this.#waiting.length && performance.now() < until);
    this.#waiting.splice(0, done);
    if (this.#waiting.length > 0) setImmediate(() => this.#slice());
  }
}
