import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Gate } from './gate.ts';

const gates: Gate[] = [];
const crowd = (arrivals: number): number[] => {
  const gate = new Gate(() => 0.5);
  gates.push(gate);
  return Array.from({ length: arrivals }, () => gate.enter());
};
// One moment is one moment, however busy the machine is.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => {
  gates.splice(0).forEach((gate) => gate.close());
  vi.useRealTimers();
});

test('N8: a crowd that arrives in one moment is let in as far as it fits, the surplus is told when to come back', () => {
  const answers = crowd(4000);
  expect(answers.slice(0, 500).every((wait) => wait === 0)).toBe(true);
  expect(answers.filter((wait) => wait > 0).length).toBeGreaterThan(1000);
});

test('N8: those turned away come back one after the other, so that they are not one crowd again, and the last in good time', () => {
  const waits = crowd(5000).filter((wait) => wait > 0);
  const perSecond = new Map<number, number>();
  for (const wait of waits) {
    const second = Math.floor(wait / 1000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(1000);
  expect(Math.max(...waits)).toBeLessThan(5100);
});
