/** P1: what one changed view costs the server, beside a bare `ws` server and Socket.IO's `io.emit`. */
import { median } from './histogram.ts';
import { thousands, type Line } from './report.ts';
import { play, type Figures } from './scene.ts';

const ROUNDS = 2;
const BAR = 0.8;

export const fanOut = async (phones: number): Promise<Line[]> => {
  // Ten frames a second, each by a commit of its own.
  const scene = { phones, changesPerSecond: 9, seconds: 6 };
  const rounds: Figures[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of ['huddle', 'bare', 'emit'] as const) {
      const figures = await play(kind, scene, bytes);
      if (kind === 'huddle') bytes = figures.bytes;
      rounds.push(figures);
    }
  }
  const of = (kind: Figures['kind']): number =>
    median(rounds.filter((figures) => figures.kind === kind).map((figures) => figures.deliveriesPerCpuSecond));
  const [ours, bare, emit] = [of('huddle'), of('bare'), of('emit')];
  return [
    {
      name: `P1 fan-out, ${phones} phones`,
      figure: `${(ours / bare).toFixed(2)} × bare (${thousands(ours)}/CPU-s)`,
      bar: `≥ ${BAR} × bare`,
      met: ours / bare >= BAR,
      reference: `bare ws ${thousands(bare)}, io.emit ${thousands(emit)} (${(emit / bare).toFixed(2)}), ${bytes} B a change`,
    },
  ];
};
