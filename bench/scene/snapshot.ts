/** P9: what a phone loads at the door, and what a seat taken costs it. The words are chance, because chance compresses worst. */
import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { accepted, Deployment, HOUR } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { Phone } from '@huddle/rig/phone.ts';
import { seeded } from '@huddle/rig/random.ts';
import { cpuOf } from '../cpu.ts';
import { kilobytes, ms, type Scene } from '../report.ts';
import { pause } from '@huddle/rig/wait.ts';

const GATHERINGS = 200;
const LETTERS = 'etaoinshrdlucmfwyp 零知識錢包天台派對社區午餐開發者投資人';
/** A text-frame's head of up to 125 bytes. */
const FRAME_HEAD = 2;
/** A command takes 8 KB. */
const IMPORTED_AT_ONCE = 4;
const SNAPSHOTS = 5;
/** A snapshot is made at most once a second. */
const STALE_MS = 1050;

/** As a browser asks: the bytes on the wire. */
const fetchGzip = (url: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('end', () => resolve(Buffer.concat(parts)));
    })
      .once('error', reject)
      .end();
  });

export const snapshot: Scene = async (small) => {
  const deployment = await Deployment.embedded({ LOG_LEVEL: 'warn' });
  try {
    const board = await deployment.board();
    const random = seeded(20_261);
    const word = (): string => Array.from({ length: 3 + random.int(6) }, () => LETTERS.charAt(random.int(LETTERS.length))).join('');
    const words = (count: number): string => `w${Array.from({ length: count }, word).join(' ')}`;
    const gatherings = Array.from({ length: small ? 10 : GATHERINGS }, (_, index) => ({
      ...{ line: index + 1, gathering: freshId(), title: words(4), kind: 'talk' as const, tags: ['zk', 'rust', words(1)] },
      ...{ languages: ['en', 'zh-Hant'], place: words(2), start: Date.now() + index * 60_000, end: Date.now() + index * 60_000 + HOUR },
      ...{ capacity: 10 + index, hostName: words(2), description: words(40) },
    }));
    for (let from = 0; from < gatherings.length; from += IMPORTED_AT_ONCE) {
      await deployment.admin(board.slug, { type: 'importGatherings', gatherings: gatherings.slice(from, from + IMPORTED_AT_ONCE) });
    }
    const url = `${deployment.url()}/api/boards/${board.slug}`;
    const gzip = await fetchGzip(url);

    const pid = deployment.nodes[0]?.pid ?? 0;
    let cpu = 0;
    for (let turn = 0; turn < SNAPSHOTS; turn += 1) {
      await pause(STALE_MS);
      const before = await cpuOf(pid);
      await fetchGzip(url);
      cpu += (await cpuOf(pid)) - before;
    }
    const watcher = await Phone.join({ url: deployment.url(), board: board.slug });
    const { phone } = await deployment.attendee(board, 'Ann');
    const { rev } = accepted(await phone.command(withId({ type: 'takeSeat', gathering: gatherings[0]?.gathering ?? '' })));
    await watcher.until(({ cursor }) => Number(cursor?.split('.')[0]) >= rev);
    const frame = Buffer.byteLength(watcher.frames.at(-1) ?? '') + FRAME_HEAD;
    return [
      {
        name: `P9 snapshot of ${gatherings.length} gatherings`,
        figure: kilobytes(gzip.length),
        ...{ bar: '≤ 25 KB compressed', met: gzip.length <= 25 * 1024 },
        reference: `${kilobytes(gunzipSync(gzip).length)} plain; ${ms(cpu / SNAPSHOTS)} of CPU to make, at most once a second`,
      },
      {
        name: 'P9 a seat taken',
        figure: `${frame} B a frame`,
        ...{ bar: '≤ 150 B', met: frame <= 150 },
        reference: 'its head and the cursor included',
      },
    ];
  } finally {
    await deployment.stop();
  }
};
