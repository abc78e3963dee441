/** P1, P2, P5, P6: what one changed view costs the server, beside a bare `ws` server and Socket.IO's `io.emit`. */
import { tooFewFiles } from '../files.ts';
import { median } from '../histogram.ts';
import { Stage, type Figures, type Pace } from '../measure.ts';
import { kilobytes, ms, thousands, type Line, type Scene } from '../report.ts';

const KINDS = ['huddle', 'bare', 'emit'] as const;
type Kind = (typeof KINDS)[number];

/** Few enough changes that each is a frame of its own, and that phones and servers together fit on two cores. */
const LEVELS: readonly { readonly phones: number; readonly pace: Pace }[] = [
  { phones: 1000, pace: { rate: 9, seconds: 4 } },
  { phones: 3000, pace: { rate: 6, seconds: 4 } },
  { phones: 10_000, pace: { rate: 2, seconds: 6 } },
];
const SMALL: typeof LEVELS = [{ phones: 20, pace: { rate: 9, seconds: 0.5 } }];
const ROUNDS = 2;
const WARM_UP: Pace = { rate: 9, seconds: 1 };
/** Nobody watching: the longer, the surer is what is taken off later. */
const ALONE: Pace = { rate: 9, seconds: 4 };
/** What a `seats` change takes on the wire. */
const BYTES = 110;

/** One kind of server: what it did in each round, and what its commits cost with nobody watching. */
interface Runs {
  readonly stage: Stage;
  readonly alone: number;
  readonly empty: number;
  rounds: Figures[];
  memory: number;
}

const of = (runs: Runs, what: (figures: Figures) => number): number => median(runs.rounds.map(what));
const worst = (runs: Runs, what: (figures: Figures) => number): number => Math.max(...runs.rounds.map(what));
/** Frames for each second of CPU that the frames themselves took. */
const rate = (runs: Runs): number => of(runs, ({ frames, cpu, committed }) => frames / (cpu - runs.alone * committed));

const open = async (kind: Kind, alonePace: Pace): Promise<Runs> => {
  const stage = await Stage.open(kind, { bytes: BYTES });
  await stage.invite(4);
  await stage.play(WARM_UP);
  const { cpu, committed } = await stage.play(alonePace);
  return { stage, alone: cpu / committed, empty: await stage.memory(), rounds: [], memory: 0 };
};

const lines = (phones: number, ours: Runs, bare: Runs, emit: Runs): Line[] => {
  const name = (what: string): string => `${what}, ${phones} phones`;
  const ratio = rate(ours) / rate(bare);
  const p99 = of(ours, (figures) => figures.p99) / of(bare, (figures) => figures.p99);
  const latency = (runs: Runs): string => `${ms(of(runs, (figures) => figures.p50))} / ${ms(of(runs, (figures) => figures.p99))}`;
  const turn = (runs: Runs): string => `${ms(worst(runs, ({ loop }) => loop.max))} (p99 ${ms(worst(runs, ({ loop }) => loop.p99))})`;
  const each = (runs: Runs): number => (runs.memory - runs.empty) / phones;
  const memory = each(ours) / each(emit);
  return [
    {
      name: name('P1 fan-out'),
      figure: `${ratio.toFixed(2)} × bare ws (${thousands(rate(ours))} deliveries a CPU-second)`,
      ...{ bar: '≥ 0.8, goal 1.0', met: ratio >= 0.8 },
      reference: `bare ws ${thousands(rate(bare))}, io.emit ${thousands(rate(emit))} (${(rate(emit) / rate(bare)).toFixed(2)}); the load took ${of(ours, ({ loadCpu, seconds }) => loadCpu / seconds).toFixed(2)} of a core`,
    },
    {
      name: name('P2 from tap to phone, p50 / p99'),
      figure: latency(ours),
      ...{ bar: 'p99 ≤ 1.5 × bare ws', met: p99 <= 1.5 },
      reference: `bare ws ${latency(bare)}, ratio ${p99.toFixed(2)}; io.emit ${latency(emit)}`,
    },
    {
      name: name('P5 longest turn'),
      figure: turn(ours),
      ...{ bar: '≤ 50 ms (p99 ≤ 10)', met: worst(ours, ({ loop }) => loop.max) <= 50 && worst(ours, ({ loop }) => loop.p99) <= 10 },
      reference: `bare ws ${turn(bare)}, io.emit ${turn(emit)}`,
    },
    {
      name: name('P6 memory a watcher'),
      figure: kilobytes(each(ours)),
      ...{ bar: '≤ 20 KB, ≤ 1.1 × Socket.IO', met: each(ours) <= 20 * 1024 && memory <= 1.1 },
      reference: `bare Socket.IO ${kilobytes(each(emit))}, ratio ${memory.toFixed(2)}; bare ws ${kilobytes(each(bare))}`,
    },
  ];
};

export const fanOut: Scene = async (small) => {
  const all: Runs[] = [];
  try {
    for (const kind of KINDS) all.push(await open(kind, small ? WARM_UP : ALONE));
    const [ours, bare, emit] = all;
    if (ours === undefined || bare === undefined || emit === undefined) throw new Error('a server is missing');
    const told: Line[] = [];
    let present = 0;
    for (const { phones, pace } of small ? SMALL : LEVELS) {
      const reason = await tooFewFiles(phones);
      if (reason !== undefined) {
        told.push({ name: `P1, P2, P5, P6 fan-out, ${phones} phones`, figure: 'left out', bar: '', met: true, reference: reason });
        continue;
      }
      for (const runs of all) {
        await runs.stage.watch(phones - present);
        await runs.stage.play(WARM_UP);
        runs.rounds = [];
        runs.memory = await runs.stage.memory();
      }
      present = phones;
      for (let round = 0; round < (small ? 1 : ROUNDS); round += 1) {
        for (const runs of all) runs.rounds.push(await runs.stage.play(pace));
      }
      told.push(...lines(phones, ours, bare, emit));
    }
    return told;
  } finally {
    for (const { stage } of all) await stage.close();
  }
};
