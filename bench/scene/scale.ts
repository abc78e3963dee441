/**
 * What a size costs that does not fit on this machine: a simulation from costs that are measured here, in the same minutes – and whether it
 * is right about two nodes with 3,000 phones each, which do fit. `docs/scale.md` says what follows.
 */
import { Stage, type Pace } from '../measure.ts';
import { simulate, type Costs, type Size } from '../simulation.ts';
import { ms, type Line, type Scene } from '../report.ts';

interface Measure {
  /** On each of two nodes, to learn what things cost. */
  readonly few: number;
  readonly many: number;
  readonly pace: Pace;
  readonly warmUp: number;
}
const FULL: Measure = { few: 500, many: 3000, pace: { rate: 6, seconds: 8 }, warmUp: 2 };
const SMALL: Measure = { few: 10, many: 20, pace: { rate: 6, seconds: 1 }, warmUp: 0.3 };
const NODES = 2;
/** How far the prediction may be from what was measured. */
const TRUST = 0.25;

/** Sizes that are asked about, none of which is played. */
const ASKED: readonly (readonly [what: string, size: Size])[] = [
  ['100,000 phones on one board, 10 changes a second, 20 nodes', { nodes: 20, phonesANode: 5000, rate: 10, seconds: 20 }],
  ['100,000 phones on one board, 100 changes a second, 20 nodes', { nodes: 20, phonesANode: 5000, rate: 100, seconds: 20 }],
];

/** Commands alone, then with some phones: what each takes. The other node applies; both are in `alone`. */
const costsOf = async (stage: Stage, { few, pace }: Measure): Promise<Costs> => {
  const alone = await stage.play(pace);
  await stage.watch(few * NODES);
  await stage.play({ ...pace, seconds: 1 });
  const watched = await stage.play(pace);
  const change = (alone.cpu * 1000) / alone.committed;
  const delivery = Math.max(0, (watched.cpu * 1000 - change * watched.committed) / watched.frames);
  // What of it is deciding and what is applying is not told apart.
  return { change: change / NODES, delivery };
};

export const scale: Scene = async (small) => {
  const measure = small ? SMALL : FULL;
  const stage = await Stage.open('huddle', { nodes: NODES, store: 'redis' });
  try {
    await stage.invite(4);
    await stage.play({ ...measure.pace, seconds: measure.warmUp });
    const costs = await costsOf(stage, measure);
    await stage.watch((measure.many - measure.few) * NODES);
    await stage.play({ ...measure.pace, seconds: measure.warmUp });
    const run = await stage.play(measure.pace);
    const { cpu, seconds, frames, committed } = run;
    const size = { nodes: NODES, phonesANode: measure.many, ...measure.pace };
    const predicted = simulate(size, costs);
    const predictedCpu = predicted.busy * NODES * size.seconds;
    const off = predictedCpu / cpu - 1;
    const lines: Line[] = [
      {
        name: `scale, ${NODES} nodes × ${measure.many} phones, ${measure.pace.rate} changes a second`,
        figure: `predicted ${predictedCpu.toFixed(2)} s of CPU, measured ${cpu.toFixed(2)} s (${off > 0 ? '+' : ''}${Math.round(off * 100)} %)`,
        ...{ bar: `within ${TRUST * 100} %`, met: Math.abs(off) <= TRUST },
        reference: `a change on a node ${ms(costs.change)}, a delivery ${(costs.delivery * 1000).toFixed(1)} µs; frames a phone: predicted ${(predicted.framesPerPhoneSecond * size.seconds).toFixed(0)}, measured ${(frames / (measure.many * NODES)).toFixed(0)} of ${committed} changes in ${seconds.toFixed(1)} s`,
      },
    ];
    for (const [what, asked] of ASKED) {
      const said = simulate(asked, costs);
      lines.push({
        name: `scale, simulated: ${what}`,
        figure: `${Math.round(said.busy * 100)} % of a core on each node, ${(said.busy * asked.nodes).toFixed(1)} cores in all`,
        ...{ bar: '', met: true },
        reference: `${said.framesPerPhoneSecond.toFixed(1)} frames a phone and second; from commit to the last phone p50 ${ms(said.p50)}, p99 ${ms(said.p99)}`,
      });
    }
    return lines;
  } finally {
    await stage.close();
  }
};
