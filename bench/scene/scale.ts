/**
 * What a size costs that does not fit on this machine: a simulation from costs that are measured here, in the same minutes – and whether it
 * is right about two nodes with 3,000 phones each, which do fit. `docs/scale.md` says what follows.
 */
import { pause } from '@huddle/rig/wait.ts';
import { cpuOfAll } from '../cpu.ts';
import { Stage, type Pace } from '../measure.ts';
import { simulate, type Costs, type Size } from '../simulation.ts';
import { ms, type Line, type Scene } from '../report.ts';

interface Measure {
  /** On each of two nodes, to learn what things cost. */
  readonly few: number;
  readonly many: number;
  readonly pace: Pace;
  readonly warmUp: number;
  /** How long nodes are watched doing nothing. */
  readonly rest: number;
}
const FULL: Measure = { few: 500, many: 3000, pace: { rate: 6, seconds: 8 }, warmUp: 2, rest: 4 };
const SMALL: Measure = { few: 10, many: 20, pace: { rate: 6, seconds: 1 }, warmUp: 0.3, rest: 0.3 };
const NODES = 2;
/** How far the prediction may be from what was measured. */
const TRUST = 0.25;

/** Sizes that are asked about, none of which is played. */
const ASKED: readonly (readonly [what: string, size: Size])[] = [
  ['100,000 phones on one board, 10 changes a second, 20 nodes', { nodes: 20, phonesANode: 5000, rate: 10, seconds: 20 }],
  ['100,000 phones on one board, 100 changes a second, 20 nodes', { nodes: 20, phonesANode: 5000, rate: 100, seconds: 20 }],
];

/** What a node takes for itself, in ms of CPU a second. */
const idleOf = async ({ target: { pids } }: Stage, seconds: number): Promise<number> => {
  const before = await cpuOfAll(pids);
  await pause(seconds * 1000);
  return ((await cpuOfAll(pids)) - before) / seconds / pids.length;
};

/** Nothing, then commands alone, then with some phones: what each takes. The other node applies; both are in `alone`. */
const costsOf = async (stage: Stage, { few, pace, rest }: Measure): Promise<Costs> => {
  const idle = await idleOf(stage, rest);
  const resting = (seconds: number): number => idle * NODES * seconds;
  const alone = await stage.play(pace);
  await stage.watch(few * NODES);
  await stage.play({ ...pace, seconds: 1 });
  const watched = await stage.play(pace);
  const change = Math.max(0, (alone.cpu * 1000 - resting(alone.seconds)) / alone.committed);
  const delivery = Math.max(0, (watched.cpu * 1000 - resting(watched.seconds) - change * watched.committed) / watched.frames);
  // What of it is deciding and what is applying is not told apart.
  return { idle, change: change / NODES, delivery };
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
        reference: `a node alone ${(costs.idle / 10).toFixed(1)} % of a core, a change on a node ${ms(costs.change)}, a delivery ${(costs.delivery * 1000).toFixed(1)} µs; frames a phone: predicted ${(predicted.framesPerPhoneSecond * size.seconds).toFixed(0)}, measured ${(frames / (measure.many * NODES)).toFixed(0)} of ${committed} changes in ${seconds.toFixed(1)} s`,
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
