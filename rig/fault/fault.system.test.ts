/** The short form of `npm run faults`: everything that must hold however slow the machine is. What is timed is measured by hand. */
import { expect, test } from 'vitest';
import { seedOfThisRun } from '../random.ts';
import { nodeLeaves, redisAway } from './away.ts';
import { failover, flushed } from './failover.ts';
import type { Finding } from './finding.ts';
import { sameCommandAgain } from './retry.ts';
import { storm } from './storm.ts';

const TEST_MS = 300_000;

/** What is wrong, leaving out what depends on how much else this machine has to do. */
const wrong = (findings: readonly Finding[]): Finding[] => findings.filter(({ ok, timed }) => !ok && timed !== true);

test('R3: one command sent again and again has one effect, and its result each time', { timeout: TEST_MS }, async () => {
  expect(wrong(await sameCommandAgain(seedOfThisRun('retry'), 8, 20))).toEqual([]);
});

test.each([0, 1] as const)('R4: after a failover everybody agrees; waiting for %i replicas', { timeout: TEST_MS }, async (replicas) => {
  expect(wrong([await failover(seedOfThisRun('failover'), replicas)])).toEqual([]);
});

test('S2: a store that was emptied is noticed by nodes and phones', { timeout: TEST_MS }, async () => {
  expect(wrong([await flushed(seedOfThisRun('flushed'))])).toEqual([]);
});

test('R8: without Redis reading goes on, writing is answered, and it is said', { timeout: TEST_MS }, async () => {
  expect(wrong(await redisAway('refused'))).toEqual([]);
});

test('N7: a node that leaves under load loses nothing', { timeout: TEST_MS }, async () => {
  expect(wrong(await nodeLeaves(seedOfThisRun('leaving'), 40))).toEqual([]);
});

test.each([
  ['redis', 3],
  ['embedded', 2],
] as const)(
  'R1, R2, R11: a short storm over %s leaves nothing missing, doubled or different',
  { timeout: TEST_MS },
  async (store, faults) => {
    const report = await storm({ seed: seedOfThisRun(`storm over ${store}`), store, people: 20, faults });
    expect(report.problems, report.faults.join(', ')).toEqual([]);
  },
);
