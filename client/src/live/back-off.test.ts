import { expect, it } from 'vitest';
import { backOff } from './back-off.ts';

/** Chances spread evenly over [0, 1). */
const CHANCES = [0.1, 0.3, 0.5, 0.7, 0.9];

/** When a phone that is cut off at 0 and let in again at `open` gets through, in ms: one for each way in which chance may fall. */
const returns = (open: number, now = 0, failures = 1): number[] =>
  now >= open ? [now] : CHANCES.flatMap((chance) => returns(open, now + backOff(failures, chance), failures + 1));

it('R5: of all that a phone sees that is cut off every 15 s for 2 s, 99 in 100 are no older than 3.5 s', () => {
  // A change each half second; what comes while it is away is seen when it is back.
  const ages = returns(2000).flatMap((back) => Array.from({ length: 30 }, (_, turn) => Math.max(0, back - turn * 500)));
  expect(ages.sort((a, b) => a - b)[Math.ceil(0.99 * ages.length) - 1]).toBeLessThanOrEqual(3500);
});

it('phones that are cut off together come back spread over half of each wait', () => {
  for (const failures of [1, 2, 5, 20]) {
    const [soonest, latest] = [backOff(failures, 0), backOff(failures, 1)];
    expect(Math.abs(soonest - latest / 2)).toBeLessThanOrEqual(1);
  }
});

it('waits longer from try to try, and never longer than 10 s, however often it was in vain', () => {
  const waits = Array.from({ length: 100 }, (_, turn) => backOff(turn + 1, 1));
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBe(400);
  expect(waits.at(-1)).toBe(10_000);
});

it('N8: who cannot get in for a minute has knocked no more than fifteen times', () => {
  let now = 0;
  let knocks = 0;
  for (; now < 60_000; now += backOff(knocks, 0.5)) knocks += 1;
  expect(knocks).toBeLessThanOrEqual(15);
});
