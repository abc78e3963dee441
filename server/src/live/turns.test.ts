import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Turns, inTurns } from './turns.ts';

// Time is what the work takes, however busy the machine is.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('P5: of a crowd some are served in each turn of the event loop, in order, so that others have theirs in between', async () => {
  const turns = new Turns();
  const done: number[] = [];
  for (let number = 0; number < 7; number += 1) {
    turns.add(() => {
      vi.advanceTimersByTime(1);
      done.push(number);
    });
  }
  const seen: number[] = [done.length];
  while (done.length < 7) {
    await nextTurn();
    seen.push(done.length);
  }
  expect(seen).toEqual([0, 2, 4, 6, 7]);
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('P5: what is done for each of many goes on in the next turn when one has lasted long enough', async () => {
  const done: number[] = [];
  const all = inTurns([0, 1, 2, 3, 4, 5, 6], (number) => {
    vi.advanceTimersByTime(1);
    done.push(number);
  });
  const seen: number[] = [done.length];
  while (done.length < 7) {
    await nextTurn();
    seen.push(done.length);
  }
  await all;
  expect(seen).toEqual([2, 4, 6, 7]);
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('P5: whoever comes alone, or after the crowd, waits for one turn', async () => {
  const turns = new Turns();
  const done: string[] = [];
  for (const name of ['alone', 'later']) {
    turns.add(() => void done.push(name));
    await nextTurn();
    expect(done.at(-1)).toBe(name);
  }
});
