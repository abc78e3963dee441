/** P3, P5: a busy board, 100 changes a second to all, beside a bare `ws` server at the same beat and beside the naive twin. */
import { median } from '../histogram.ts';
import { Stage, type Figures } from '../measure.ts';
import { ms, type Line, type Scene } from '../report.ts';

const ROUNDS = 2;
/** Commands a second of one person; well below what a person may send. */
const PACE = 5;

interface Size {
  readonly phones: number;
  readonly rate: number;
  readonly seconds: number;
  readonly warmUp: number;
}
const FULL: Size = { phones: 3000, rate: 100, seconds: 8, warmUp: 2 };
const SMALL: Size = { phones: 20, rate: 20, seconds: 1, warmUp: 0.3 };

const open = async (kind: 'huddle' | 'bare' | 'naive', { phones, rate }: Size, bytes: number): Promise<Stage> => {
  const stage = await Stage.open(kind, { store: 'redis', bytes });
  await stage.invite(Math.ceil(rate / PACE));
  await stage.watch(phones);
  return stage;
};

/** What the plain design makes of the same: it has no beat, so once it is behind it stays behind. */
const naive = async (size: Size): Promise<Line> => {
  const stage = await open('naive', size, 0);
  try {
    const figures = await stage.play({ rate: size.rate, seconds: size.seconds / 4 }, 20_000);
    return {
      name: `naive twin, busy, ${size.phones} phones`,
      figure: `p99 ${ms(figures.p99)} (p50 ${ms(figures.p50)})`,
      ...{ bar: '', met: true },
      reference: `${(figures.frames / size.phones / (size.seconds / 4)).toFixed(0)} frames a phone and second, ${figures.missing} had not come after 20 s more, longest turn ${ms(figures.loop.max)}, acknowledged p99 ${ms(figures.ackP99)}, ${figures.states} states at the end`,
    };
  } finally {
    await stage.close();
  }
};

const lines = ({ phones }: Size, ours: readonly Figures[], bare: readonly Figures[]): Line[] => {
  const of = (runs: readonly Figures[], what: (figures: Figures) => number): number => median(runs.map(what));
  const name = (what: string): string => `${what}, ${phones} phones`;
  const p99 = of(ours, (figures) => figures.p99);
  const bareP99 = of(bare, (figures) => figures.p99);
  const frames = of(ours, (figures) => figures.framesPerPhoneSecond);
  const states = Math.max(...ours.map((figures) => figures.states));
  const missing = ours.reduce((sum, figures) => sum + figures.missing, 0);
  const loop = { max: Math.max(...ours.map(({ loop }) => loop.max)), p99: Math.max(...ours.map(({ loop }) => loop.p99)) };
  const share = (runs: readonly Figures[], what: (figures: Figures) => number): string =>
    of(runs, (figures) => what(figures) / figures.seconds).toFixed(2);
  return [
    {
      name: name('P3 busy, from tap to phone, p99'),
      figure: `${ms(p99)} (p50 ${ms(of(ours, (figures) => figures.p50))})`,
      ...{ bar: '≤ 300 ms, ≤ 1.3 × bare ws', met: p99 <= 300 && p99 <= 1.3 * bareP99 },
      reference: `bare ws ${ms(bareP99)} (p50 ${ms(of(bare, (figures) => figures.p50))}), ratio ${(p99 / bareP99).toFixed(2)}; acknowledged p99 ${ms(of(ours, (figures) => figures.ackP99))}`,
    },
    {
      name: name('P3 busy, frames a phone'),
      figure: `${frames.toFixed(1)} a second`,
      ...{ bar: '≤ 10 a second', met: frames <= 10 },
      reference: `bare ws ${of(bare, (figures) => figures.framesPerPhoneSecond).toFixed(1)}, ${Math.round(of(ours, (figures) => figures.bytes))} B a change`,
    },
    {
      name: name('P3 busy, phones equal'),
      figure: `${states} state${states === 1 ? '' : 's'}, ${missing} missing`,
      ...{ bar: '1 state, 0 missing', met: states === 1 && missing === 0 },
      reference: `of a core: server ${share(ours, ({ cpu }) => cpu)}, bare ws ${share(bare, ({ cpu }) => cpu)}, the load ${share(ours, ({ loadCpu }) => loadCpu)}`,
    },
    {
      name: name('P5 busy, longest turn'),
      figure: `${ms(loop.max)} (p99 ${ms(loop.p99)})`,
      ...{ bar: '≤ 50 ms (p99 ≤ 10)', met: loop.max <= 50 && loop.p99 <= 10 },
      reference: `bare ws ${ms(Math.max(...bare.map(({ loop: turns }) => turns.max)))}`,
    },
  ];
};

export const busy: Scene = async (small) => {
  const size = small ? SMALL : FULL;
  const pace = { rate: size.rate, seconds: size.seconds };
  const ours = await open('huddle', size, 0);
  const told: Line[] = [];
  try {
    const { bytes } = await ours.play({ ...pace, seconds: size.warmUp });
    const bare = await open('bare', size, bytes);
    try {
      await bare.play({ ...pace, seconds: size.warmUp });
      const runs: { ours: Figures[]; bare: Figures[] } = { ours: [], bare: [] };
      for (let round = 0; round < (small ? 1 : ROUNDS); round += 1) {
        runs.ours.push(await ours.play(pace));
        runs.bare.push(await bare.play(pace));
      }
      told.push(...lines(size, runs.ours, runs.bare));
    } finally {
      await bare.close();
    }
  } finally {
    await ours.close();
  }
  return [...told, await naive(size)];
};
