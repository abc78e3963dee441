/** Chance that can be repeated: the same seed gives the same run. */

/** A seeded source of chance. */
export interface Random {
  readonly seed: number;
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, 0 ≤ n < `below`. */
  int(below: number): number;
  /** true with probability `p`. */
  chance(p: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** An id as clients make them, of 16 characters. */
  id(): string;
}

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** mulberry32: 32 bits of state are plenty for choosing whom to cut off and when. */
export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[int(from.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const id = (): string => Array.from({ length: 16 }, () => ALPHABET[int(ALPHABET.length)]).join('');
  return { seed, next, int, chance: (p) => next() < p, pick, id };
};

/** The seed of this run: `SEED` from the environment to repeat one, else a fresh one. Printed, so that a failure can be repeated. */
export const seedOfThisRun = (title: string): number => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
  console.log(`${title}: SEED=${seed}`);
  return seed;
};
