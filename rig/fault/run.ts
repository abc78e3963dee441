/** `npm run faults`: breaks everything that can break around a board, and says what came of it beside what was promised. */
import { parseArgs } from 'node:util';
import { nodeLeaves, redisAway } from './away.ts';
import { failover, flushed } from './failover.ts';
import { line, sound, type Finding } from './finding.ts';
import { cutPhones, longAway, nodeKilled } from './reconnect.ts';
import { planted } from './planted.ts';
import { sameCommandAgain } from './retry.ts';
import { storm, type StormReport } from './storm.ts';
import { damagedFiles, diskFull, refusedAtStart } from './unfit.ts';

const USAGE = `npm run faults                          every kind of fault once
npm run faults -- R5                    one of: R2 R3 R4 R5 R6 R7 R8 R9 S2 N7 (R1 and R11 are R2: storms show all three)
npm run faults -- R2 --minutes 60       storms for so long, each with the seed of the one before + 1
npm run faults -- R2 --seed 7 --store redis    one storm again
npm run faults -- planted               bugs put into a copy, one at a time: does anybody notice?`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    minutes: { type: 'string' },
    faults: { type: 'string' },
    store: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

/** @throws Error with a way out */
const whole = (name: string, text: string): number => {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${name} is "${text}", but must be a whole number.`);
  return Number(text);
};

const total = { faults: 0, commands: 0, acknowledged: 0, unknown: 0, commits: 0, storms: 0 };

const stormed = (seed: number, store: 'redis' | 'embedded', report: StormReport): Finding => {
  const again = `--seed ${String(seed)} --store ${store} --faults ${String(report.faults.length)}`;
  total.storms += 1;
  total.faults += report.faults.length;
  for (const count of ['commands', 'acknowledged', 'unknown', 'commits'] as const) total[count] += report[count];
  const counts = `${String(report.faults.length)} faults, ${String(report.commands)} commands, ${String(report.acknowledged)} acknowledged, ${String(report.unknown)} unknown, ${String(report.phones)} phones as the store has it`;
  const problems = report.problems.length === 0 ? [] : [...report.problems, `again with: npm run faults -- R2 ${again}`];
  return sound('R2', `storm over ${store}, seed ${String(seed)}`, counts, problems);
};

/** Storms over both stores in turn, until the time is over; at least one over each. */
async function* storms(seed: number): AsyncGenerator<Finding> {
  const until = Date.now() + whole('minutes', values.minutes ?? '0') * 60_000;
  const { store } = values;
  if (store !== undefined && store !== 'redis' && store !== 'embedded')
    throw new Error(`--store is "${store}", but must be redis or embedded.`);
  const faults = whole('faults', values.faults ?? (values.minutes === undefined ? '8' : '16'));
  for (let round = 0; round < (store === undefined ? 2 : 1) || Date.now() < until; round += 1) {
    // Two nodes over Redis have more that can break.
    const on = store ?? (round % 3 === 1 ? 'embedded' : 'redis');
    yield stormed(seed + round, on, await storm({ seed: seed + round, store: on, faults }));
  }
}

/** What storms show as well as R2. */
const SHOWN_BY_STORMS = new Set(['R1', 'R11']);

const SCENARIOS: Readonly<Record<string, (seed: number) => AsyncIterable<Finding> | Promise<Finding[]>>> = {
  R2: storms,
  R3: (seed) => sameCommandAgain(seed, 20, 100),
  R4: async (seed) => [await failover(seed, 0), await failover(seed, 1)],
  S2: async (seed) => [await flushed(seed)],
  R5: (seed) => cutPhones(seed),
  R6: (seed) => nodeKilled(seed),
  R7: () => longAway(),
  R8: async () => [...(await redisAway('refused')), ...(await redisAway('silent'))],
  R9: async (seed) => [...(await refusedAtStart()), ...(await diskFull(seed)), ...(await damagedFiles(seed))],
  N7: (seed) => nodeLeaves(seed),
};

const main = async (): Promise<boolean> => {
  const [name] = positionals;
  if (values.help === true) {
    console.log(USAGE);
    return true;
  }
  if (name === 'planted') return planted(positionals[1]);
  const chosen = name === undefined ? Object.keys(SCENARIOS) : [name];
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : whole('seed', values.seed);
  console.log(`seed ${String(seed)}`);
  let [passed, failed] = [0, 0];
  for (const each of chosen) {
    const scenario = SCENARIOS[SHOWN_BY_STORMS.has(each) ? 'R2' : each];
    if (scenario === undefined) throw new Error(`There is no ${each}.\n${USAGE}`);
    for await (const finding of await scenario(seed)) {
      console.log(line(finding));
      if (finding.ok) passed += 1;
      else failed += 1;
    }
  }
  if (total.storms > 0)
    console.log(
      `R1, R2, R11 in all: ${String(total.storms)} storms, ${String(total.faults)} faults, ${String(total.commands)} commands, ${String(total.acknowledged)} acknowledged, ${String(total.unknown)} unknown, ${String(total.commits)} commits checked (bar: ≥ 200 faults and ≥ 100,000 acknowledged in the long form)`,
    );
  console.log(`${String(passed)} passed, ${String(failed)} failed`);
  return failed === 0;
};

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
