/** How long to wait before trying again: doubling, jittered so that phones cut off together do not come back together. */

/**
 * @param failures in a row, from 1
 * @param random in [0, 1)
 * @returns ms
 */
export const backOff = (failures: number, random: number, first = 400, longest = 10_000): number =>
  Math.round(Math.min(longest, first * 2 ** (failures - 1)) * (0.5 + random / 2));
