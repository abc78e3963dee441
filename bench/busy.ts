/** P3, P5: a busy board, 100 changes a second, beside a bare `ws` server at the same beat. */
import { median } from './histogram.ts';
import { ms, type Line } from './report.ts';
import { play, type Figures } from './scene.ts';

const ROUNDS = 2;

export const busy = async (phones: number): Promise<Line[]> => {
  const scene = { phones, changesPerSecond: 100, seconds: 10 };
  const rounds: Figures[] = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of ['huddle', 'bare'] as const) {
      const figures = await play(kind, scene, bytes);
      if (kind === 'huddle') bytes = figures.bytes;
      rounds.push(figures);
    }
  }
  const of = (kind: Figures['kind'], what: (figures: Figures) => number): number =>
    median(rounds.filter((figures) => figures.kind === kind).map(what));
  const ours = rounds.filter((figures) => figures.kind === 'huddle');
  const [p50, p99, bareP99] = [
    of('huddle', (figures) => figures.p50),
    of('huddle', (figures) => figures.p99),
    of('bare', (figures) => figures.p99),
  ];
  const frames = of('huddle', (figures) => figures.framesPerPhoneSecond);
  const states = Math.max(...ours.map((figures) => figures.states));
  const missing = ours.reduce((sum, figures) => sum + figures.missing, 0);
  const loopMax = Math.max(...ours.map((figures) => figures.loop?.max ?? NaN));
  const loopP99 = Math.max(...ours.map((figures) => figures.loop?.p99 ?? NaN));
  const name = (what: string): string => `${what}, ${phones} phones`;
  return [
    {
      name: name('P3 busy, commit to phone p99'),
      figure: `${ms(p99)} (p50 ${ms(p50)})`,
      bar: '≤ 300 ms, ≤ 1.3 × bare',
      met: p99 <= 300 && p99 <= 1.3 * bareP99,
      reference: `bare ws ${ms(bareP99)} (p50 ${ms(of('bare', (figures) => figures.p50))}), ratio ${(p99 / bareP99).toFixed(2)}; acknowledged p99 ${ms(of('huddle', (figures) => figures.ackP99))}`,
    },
    {
      name: name('P3 busy, frames a phone'),
      figure: `${frames.toFixed(1)} a second`,
      bar: '≤ 10 a second',
      met: frames <= 10,
      reference: `bare ws ${of('bare', (figures) => figures.framesPerPhoneSecond).toFixed(1)}, ${bytes} B a change`,
    },
    {
      name: name('P3 busy, phones equal'),
      figure: `${states} state${states === 1 ? '' : 's'}, ${missing} missing`,
      bar: '1 state, 0 missing',
      met: states === 1 && missing === 0,
      reference: `server CPU ${of('huddle', (figures) => figures.cpuShare).toFixed(2)} of a core, bare ws ${of('bare', (figures) => figures.cpuShare).toFixed(2)}`,
    },
    {
      name: name('P5 busy, longest turn'),
      figure: `${ms(loopMax)} (p99 ${ms(loopP99)})`,
      bar: '≤ 50 ms (p99 ≤ 10 ms)',
      met: loopMax <= 50 && loopP99 <= 10,
      reference: 'sampled every 10 ms by the node itself',
    },
  ];
};
