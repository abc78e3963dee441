/** Latencies in steps of half a millisecond, up to 20 s: small enough to send to another process and to add up. */
const STEP_MS = 0.5;
const STEPS = 40_000;

export class Histogram {
  readonly counts: number[];

  constructor(counts: number[] = new Array<number>(STEPS).fill(0)) {
    this.counts = counts;
  }

  add(ms: number): void {
    const step = Math.min(STEPS - 1, Math.max(0, Math.floor(ms / STEP_MS)));
    this.counts[step] = (this.counts[step] ?? 0) + 1;
  }

  merge(other: Histogram): void {
    for (const [step, count] of other.counts.entries()) this.counts[step] = (this.counts[step] ?? 0) + count;
  }

  get size(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** @param share 0.99 for the 99th percentile. NaN when there is nothing */
  percentile(share: number): number {
    const wanted = this.size * share;
    let sum = 0;
    for (const [step, count] of this.counts.entries()) {
      sum += count;
      if (count > 0 && sum >= wanted) return (step + 1) * STEP_MS;
    }
    return NaN;
  }
}

export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
};
