/** P4, R1: thousands want the 80 seats of one party within ten seconds, on two nodes over one Redis that syncs every write. */
import { Phone } from '@huddle/rig/phone.ts';
import { Stage, type Figures } from '../measure.ts';
import { ms, type Line, type Scene } from '../report.ts';

interface Size {
  readonly people: number;
  readonly watching: number;
  readonly seats: number;
  readonly seconds: number;
}
const FULL: Size = { people: 5000, watching: 1000, seats: 80, seconds: 10 };
const SMALL: Size = { people: 60, watching: 10, seats: 8, seconds: 1 };
/** The naive twin is pushed as hard for less long: it never catches up, so what it is asked in ten seconds takes it two minutes. */
const NAIVE_SHARE = 0.15;
const NODES = 2;
/** How long the watchers, and whoever comes afterwards, wait: the naive twin may still be telling everybody everything. */
const PATIENCE_MS = 5000;

interface Rush {
  readonly figures: Figures;
  /** Seats taken, as each node tells somebody who comes afterwards; NaN: it did not answer. */
  readonly taken: readonly number[];
}

const play = async (kind: 'huddle' | 'naive', { people, watching, seats, seconds }: Size): Promise<Rush> => {
  const stage = await Stage.open(kind, { nodes: NODES, store: 'redis', gatherings: 1, capacity: seats });
  try {
    await stage.invite(people);
    await stage.watch(watching);
    const figures = await stage.play({ rate: people / seconds, seconds }, PATIENCE_MS);
    const { urls, board, gatherings } = stage.target;
    const taken = await Promise.all(
      urls.map(async (url) => {
        const late = new Phone({ url, board });
        await late.arrive([url], PATIENCE_MS).catch(() => undefined);
        late.drop();
        return late.view<{ readonly id: `seats/${string}`; readonly taken: number }>(`seats/${gatherings[0] ?? ''}`)?.taken ?? NaN;
      }),
    );
    return { figures, taken };
  } finally {
    await stage.close();
  }
};

const takenText = ({ taken }: Rush): string => taken.map((seats) => (Number.isNaN(seats) ? 'no answer' : seats)).join(' and ');
const told = ({ figures }: Rush): string => `p99 ${ms(figures.ackP99)} (p50 ${ms(figures.ackP50)})`;

export const rush: Scene = async (small) => {
  const size = small ? SMALL : FULL;
  const ours = await play('huddle', size);
  const naive = await play('naive', { ...size, people: size.people * NAIVE_SHARE, seconds: size.seconds * NAIVE_SHARE });
  const { refused, committed, loop, cpu, loadCpu, seconds, missing, states } = ours.figures;
  const twin = `naive twin, ${size.people * NAIVE_SHARE} in ${size.seconds * NAIVE_SHARE} s,`;
  const name = (what: string): string => `${what}, ${size.people} in ${size.seconds} s, ${NODES} nodes, ${size.watching} watching`;
  const lines: Line[] = [
    {
      name: name('P4 rush, acknowledged'),
      figure: told(ours),
      ...{ bar: 'p99 ≤ 150 ms', met: ours.figures.ackP99 <= 150 && committed === size.people },
      reference: `${twin} ${told(naive)}; ${committed} acknowledged, refused ${JSON.stringify(refused)}; of a core: both nodes ${(cpu / seconds).toFixed(2)}, the load ${(loadCpu / seconds).toFixed(2)}`,
    },
    {
      name: name('P4, R1 rush, seats taken'),
      figure: takenText(ours),
      ...{ bar: `exactly ${size.seats}`, met: ours.taken.every((taken) => taken === size.seats) },
      reference: `${twin} ${takenText(naive)}; watchers: ${states} state${states === 1 ? '' : 's'}, ${missing} missing (naive twin ${naive.figures.states}, ${naive.figures.missing})`,
    },
    {
      name: name('P5 rush, longest turn'),
      figure: `${ms(loop.max)} (p99 ${ms(loop.p99)})`,
      ...{ bar: '≤ 50 ms (p99 ≤ 10)', met: loop.max <= 50 && loop.p99 <= 10 },
      reference: `${twin} ${ms(naive.figures.loop.max)} (p99 ${ms(naive.figures.loop.p99)}), its watchers' p99 ${ms(naive.figures.p99)}, ours ${ms(ours.figures.p99)}`,
    },
  ];
  return lines;
};
