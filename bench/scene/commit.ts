/** P7: RSVPs acknowledged a second through a socket, durably, beside the same socket server with a handler that does nothing. */
import { cpuOfAll } from '../cpu.ts';
import { median } from '../histogram.ts';
import { Stage } from '../measure.ts';
import { thousands, type Line, type Scene } from '../report.ts';

interface Size {
  readonly waiting: readonly number[];
  readonly people: number;
  readonly seconds: number;
  readonly rounds: number;
}
/** So many people that none of them comes near what one person may send. */
const FULL: Size = { waiting: [50, 1000], people: 3000, seconds: 2, rounds: 2 };
const SMALL: Size = { waiting: [5], people: 20, seconds: 0.3, rounds: 1 };
const BARS: Readonly<Record<number, number>> = { 5: 0, 50: 0.35, 1000: 0.75 };
/** Runs warm before it counts: what Node makes of code that has not been used yet is no server's pace. */
const WARM_UP = 2;
const STORES = ['redis', 'embedded'] as const;

interface Rate {
  /** A second of time, and a second of the server's CPU. */
  readonly rate: number;
  readonly perCpu: number;
  readonly refused: number;
}

const race = async (stage: Stage, waiting: number, seconds: number): Promise<Rate> => {
  const { pids } = stage.target;
  const before = await cpuOfAll(pids);
  const raced = await stage.race(waiting, seconds);
  const cpu = ((await cpuOfAll(pids)) - before) / 1000;
  return { rate: raced.acknowledged / raced.seconds, perCpu: raced.acknowledged / cpu, refused: raced.refused };
};

const mid = (rates: readonly Rate[], what: 'rate' | 'perCpu'): number => median(rates.map((rate) => rate[what]));

const line = (store: string, waiting: number, ours: readonly Rate[], trivial: readonly Rate[]): Line => {
  const ratio = mid(ours, 'rate') / mid(trivial, 'rate');
  const bar = BARS[waiting] ?? 0;
  const refused = ours.reduce((sum, rate) => sum + rate.refused, 0);
  return {
    name: `P7 RSVPs acknowledged, ${waiting} waiting, ${store === 'redis' ? 'Redis always' : 'embedded'}`,
    figure: `${ratio.toFixed(2)} × trivial (${thousands(mid(ours, 'rate'))}/s)`,
    ...{ bar: `≥ ${bar} × trivial`, met: ratio >= bar && refused === 0 },
    reference: `trivial handler ${thousands(mid(trivial, 'rate'))}/s; a CPU-second of the server: ours ${thousands(mid(ours, 'perCpu'))}, trivial ${thousands(mid(trivial, 'perCpu'))}; refused ${refused}`,
  };
};

export const commit: Scene = async (small) => {
  const size = small ? SMALL : FULL;
  const open = async (kind: 'huddle' | 'trivial', store: (typeof STORES)[number] = 'redis'): Promise<Stage> => {
    const stage = await Stage.open(kind, { store, gatherings: 200, capacity: 1000 });
    await stage.invite(size.people);
    await stage.race(Math.max(...size.waiting), small ? size.seconds : WARM_UP);
    return stage;
  };
  const trivial = await open('trivial');
  const lines: Line[] = [];
  try {
    for (const store of STORES) {
      const ours = await open('huddle', store);
      try {
        for (const waiting of size.waiting) {
          const rates: { ours: Rate[]; trivial: Rate[] } = { ours: [], trivial: [] };
          for (let round = 0; round < size.rounds; round += 1) {
            rates.trivial.push(await race(trivial, waiting, size.seconds));
            rates.ours.push(await race(ours, waiting, size.seconds));
          }
          lines.push(line(store, waiting, rates.ours, rates.trivial));
        }
      } finally {
        await ours.close();
      }
    }
    return lines;
  } finally {
    await trivial.close();
  }
};
