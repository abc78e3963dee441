import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { soon } from './soon.ts';

let now = 0;
beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const done: string[] = [];
/** @param ms how long the piece takes */
const piece = (name: string, ms: number): (() => void) =>
  soon(() => {
    done.push(name);
    now += ms;
  });
const turn = (): string[] => {
  done.length = 0;
  vi.advanceTimersByTime(16);
  return [...done];
};

it('P11: work is done in its order, a slice at a time, and not what was taken back', () => {
  piece('first', 3);
  piece('second', 3);
  const takeBack = piece('never', 1);
  piece('third', 1);
  takeBack();
  expect(turn()).toEqual(['first', 'second']);
  piece('fourth', 1);
  expect(turn()).toEqual(['third', 'fourth']);
  expect(turn()).toEqual([]);
});

it('a piece that fails keeps nobody else from its turn', () => {
  soon(() => {
    throw new Error('no room');
  });
  piece('next', 1);
  expect(() => vi.advanceTimersByTime(16)).toThrow('no room');
  expect(turn()).toEqual(['next']);
});
