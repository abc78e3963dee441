import { afterEach, expect, test } from 'vitest';
import { Gate } from './gate.ts';

const gates: Gate[] = [];
const gateWith = (random: () => number): Gate => {
  const gate = new Gate(random);
  gates.push(gate);
  return gate;
};
afterEach(() => gates.splice(0).forEach((gate) => gate.close()));

const waits = (gate: Gate, arrivals: number): number[] => Array.from({ length: arrivals }, () => gate.enter());

test('N8: a crowd that arrives in one moment is let in as far as it fits, the surplus is told when to come back', () => {
  const answers = waits(
    gateWith(() => 0.5),
    4000,
  );
  expect(answers.slice(0, 2000).every((wait) => wait === 0)).toBe(true);
  const turnedAway = answers.filter((wait) => wait > 0);
  expect(turnedAway.length).toBeGreaterThan(1000);
});

test('N8: those turned away are spread, so that they do not come back as one crowd', () => {
  const [soon, late] = [() => 0.01, () => 0.99].map((random) => Math.max(...waits(gateWith(random), 2500)));
  expect(late! - soon!).toBeGreaterThan(3000);
});
