/** P9: what a phone loads at the door, and what each seat costs every phone. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ADMIN, key, person } from '../board/scene.ts';
import { encodeFrame } from './frame.ts';
import { Rehearsal, joined } from './rehearsal.ts';

const SNAPSHOT_BYTES = 25 * 1024;
const FRAME_BYTES = 150;

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.open();
});
afterEach(() => stage.close());

const LETTERS = 'etaoinshrdlucmfwyp 零知識錢包天台派對社區午餐開發者投資人';

/** Words that compress no better than names do: letters picked by a generator of Lehmer's kind, the same at every run. */
const picker = (): ((count: number) => string) => {
  let state = 20_261;
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  const word = () => Array.from({ length: 3 + next(6) }, () => LETTERS[next(LETTERS.length)]).join('');
  return (count) => Array.from({ length: count }, word).join(' ');
};

it('P9: a snapshot of 200 gatherings stays within 25 KB compressed, a seat taken within 150 bytes a frame', async () => {
  const node = await stage.node();
  const words = picker();
  const start = Date.now();
  const gatherings = Array.from({ length: 200 }, (_, index) => ({
    line: index + 1,
    gathering: key(`g${String(index)}x`),
    title: words(4),
    kind: 'talk' as const,
    tags: ['zk', 'rust', words(1)],
    languages: ['en', 'zh-Hant'],
    place: words(2),
    start: start + index * 60_000,
    end: start + index * 60_000 + 3_600_000,
    capacity: 10 + index,
    hostName: words(2),
    description: words(40),
  }));
  await stage.tell(node, ADMIN, { type: 'importGatherings', gatherings });
  expect(node.snapshot().snapshot.gatherings).toHaveLength(200);
  expect(node.snapshot().gzip.length).toBeLessThanOrEqual(SNAPSHOT_BYTES);

  const phone = joined(node, ['public']);
  await stage.tell(node, person('ann'), { type: 'setName', name: 'Ann' });
  await stage.tell(node, person('ann'), { type: 'takeSeat', gathering: key('g1x') });
  await phone.until(() => (phone.changes.at(-1)?.put.length ?? 0) === 1);
  const change = phone.changes.at(-1);
  expect(change?.put).toEqual([{ id: `seats/${key('g1x')}`, taken: 1 }]);
  const frame = change === undefined ? Infinity : encodeFrame('change', change).bytes.length;
  expect(frame).toBeLessThanOrEqual(FRAME_BYTES);
  console.log(
    `P9 snapshot of 200 gatherings: ${(node.snapshot().gzip.length / 1024).toFixed(1)} KB gzipped; a seat taken: ${frame} B a frame`,
  );
});
