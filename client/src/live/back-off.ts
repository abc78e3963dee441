/**
 * How long to wait before trying again: growing, jittered so that phones cut off together do not come back together. It grows by half, not to
 * the double: who was away for a moment is back a moment later (R5), and from the eighth try on the pace is the same.
 */

const GROWTH = 1.5;

/**
 * @param failures in a row, from 1
 * @param random in [0, 1)
 * @returns ms
 */
export const backOff = (failures: number, random: number, first = 400, longest = 10_000): number =>
  Math.round(Math.min(longest, first * GROWTH ** (failures - 1)) * (0.5 + random / 2));
