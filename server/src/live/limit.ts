/** A token bucket: `rate` a second, up to `burst` at once (X6). Counts a person, never an address: a venue shares one. */
export class Bucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(rate: number, burst: number, now: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = now;
  }

  /** 0 when one may pass, else milliseconds until one may. */
  take(now: number): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + (Math.max(0, now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
    this.#tokens -= 1;
    return 0;
  }

  /** Nothing taken lately: whoever keeps many of these may forget it. */
  isFull(now: number): boolean {
    return this.#tokens + ((now - this.#at) / 1000) * this.#rate >= this.#burst;
  }
}

/** One bucket a person, forgotten once it is full again. */
export class Limits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #rate: number;
  readonly #burst: number;
  #swept = 0;

  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#burst = burst;
  }

  /** As {@link Bucket.take}. */
  take(key: string, now: number): number {
    if (now - this.#swept > 10_000) this.#sweep(now);
    const bucket = this.#buckets.get(key) ?? new Bucket(this.#rate, this.#burst, now);
    this.#buckets.set(key, bucket);
    return bucket.take(now);
  }

  #sweep(now: number): void {
    this.#swept = now;
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
  }
}
