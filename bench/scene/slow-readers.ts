/** R10, N5: one phone in ten never reads, one in ten reads a kilobyte a second; the others must not notice. */
import { median } from '../histogram.ts';
import { Stage, type Figures } from '../measure.ts';
import { kilobytes, ms, type Scene } from '../report.ts';
import { metric } from '../server.ts';

interface Size {
  readonly phones: number;
  readonly rate: number;
  readonly seconds: number;
  readonly rounds: number;
}
const FULL: Size = { phones: 800, rate: 100, seconds: 8, rounds: 2 };
const SMALL: Size = { phones: 20, rate: 20, seconds: 1, rounds: 1 };
/** Edits of long titles, so that what is not read piles up within seconds. */
const PACE = 5;
const SHARE = 10;
const ALLOWED_BYTES = 256 * 1024;

const open = async ({ phones, rate }: Size, slow: boolean): Promise<Stage> => {
  const stage = await Stage.open('huddle', { gatherings: 200 });
  await stage.invite(rate / PACE, { organise: true });
  await stage.watch(phones);
  if (slow) {
    await stage.watch(Math.ceil(phones / SHARE), 'never');
    await stage.watch(Math.ceil(phones / SHARE), 'slowly');
  }
  return stage;
};

export const slowReaders: Scene = async (small) => {
  const size = small ? SMALL : FULL;
  const [quick, mixed] = [await open(size, false), await open(size, true)];
  try {
    const runs: { quick: Figures[]; mixed: Figures[] } = { quick: [], mixed: [] };
    let waiting = 0;
    for (let round = 0; round < size.rounds; round += 1) {
      runs.quick.push(await quick.play(size));
      runs.mixed.push(await mixed.play(size));
      waiting = Math.max(waiting, await metric(mixed.target.urls[0] ?? '', 'huddle_queue_largest_bytes'));
    }
    const p99 = (figures: readonly Figures[]): number => median(figures.map((each) => each.p99));
    const ratio = p99(runs.mixed) / p99(runs.quick);
    const lagged = await metric(mixed.target.urls[0] ?? '', 'huddle_sockets_lagged_total');
    const slow = Math.ceil(size.phones / SHARE);
    return [
      {
        name: `R10 slow readers, the others' p99, ${size.phones} phones and ${2 * slow} slow ones`,
        figure: `${ratio.toFixed(2)} × without them (${ms(p99(runs.mixed))})`,
        ...{ bar: '≤ 1.2 ×', met: ratio <= 1.2 },
        reference: `without them ${ms(p99(runs.quick))}; ${median(runs.mixed.map(({ bytes }) => bytes))} B a change; the load took ${median(runs.mixed.map(({ loadCpu, seconds }) => loadCpu / seconds)).toFixed(2)} of a core`,
      },
      {
        name: 'R10 slow readers, most that waits for one',
        figure: kilobytes(waiting),
        ...{ bar: '≤ 256 KB', met: waiting <= ALLOWED_BYTES },
        reference: `${lagged} times a phone fell behind; what the system itself holds comes on top`,
      },
    ];
  } finally {
    await quick.close();
    await mixed.close();
  }
};
