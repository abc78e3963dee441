/** P1: what one changed view costs the server, beside a bare `ws` server and Socket.IO's `io.emit`. */
import { median } from './histogram.ts';
import { thousands, type Line } from './report.ts';
import { play, type Figures } from './scene.ts';

const ROUNDS = 2;
const BAR = 0.8;
const KINDS = ['huddle', 'bare', 'emit'] as const;

/** One kind of server: with phones, round by round, and once with nobody watching – what commits cost without any fan-out. */
interface Runs {
  readonly watched: Figures[];
  readonly alone: Figures;
}

/** Frames for each second of CPU that the frames themselves took; with `whole`, that everything took. */
const rate = ({ watched, alone }: Runs, whole = false): number =>
  median(watched.map(({ frames, cpu }) => frames / (cpu - (whole ? 0 : alone.cpu))));

export const fanOut = async (phones: number): Promise<Line[]> => {
  // Nine frames a second, each by a commit of its own.
  const scene = { phones, changesPerSecond: 9, seconds: 6 };
  const first = await play('huddle', scene, 0);
  const { bytes } = first;
  const runs = new Map<Figures['kind'], Runs>();
  for (const kind of KINDS) runs.set(kind, { watched: [], alone: await play(kind, { ...scene, phones: 0 }, bytes) });
  runs.get('huddle')?.watched.push(first);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of KINDS) {
      if (kind !== 'huddle' || round > 0) runs.get(kind)?.watched.push(await play(kind, scene, bytes));
    }
  }
  const [ours, bare, emit] = KINDS.map((kind) => runs.get(kind)).filter((run) => run !== undefined);
  if (ours === undefined || bare === undefined || emit === undefined) throw new Error('a run is missing');
  const ratio = rate(ours) / rate(bare);
  return [
    {
      name: `P1 fan-out, ${phones} phones`,
      figure: `${ratio.toFixed(2)} × bare (${thousands(rate(ours))}/CPU-s)`,
      bar: `≥ ${BAR} × bare`,
      met: ratio >= BAR,
      reference:
        `bare ws ${thousands(rate(bare))}, io.emit ${thousands(rate(emit))} (${(rate(emit) / rate(bare)).toFixed(2)}), ${bytes} B a change; ` +
        `with what the commits cost ${(rate(ours, true) / rate(bare, true)).toFixed(2)}`,
    },
  ];
};
