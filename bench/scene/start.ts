/** P12: how long the first who asks for a large board waits, after its node was started. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR } from '@huddle/rig/deployment.ts';
import { ServerNode } from '@huddle/rig/node.ts';
import { startRedis } from '@huddle/rig/redis.ts';
import { GATHERING_DEFAULTS, type StoredRecord } from '@huddle/server/src/board/records.ts';
import { stranger } from '@huddle/server/src/board/rule.ts';
import { openEmbeddedStore } from '@huddle/server/src/store/embedded.ts';
import { openRedisStore } from '@huddle/server/src/store/redis.ts';
import { EMPTY_HEAD, type Store } from '@huddle/server/src/store/store.ts';
import { clock } from '../clock.ts';
import { median } from '../histogram.ts';
import { ms, type Line, type Scene } from '../report.ts';
import { BUILT, nodeEnv } from '../server.ts';

const BOARD = 'large';
const BARS: readonly (readonly [records: number, ms: number])[] = [
  [10_000, 150],
  [100_000, 1500],
];
const SMALL: typeof BARS = [[100, 150]];
const ROUNDS = 3;
const COMMIT_RECORDS = 5000;

/** A board with that many records, each with the fields that a node writes: a gathering to a hundred, three people to ten, the rest RSVPs. */
const recordsOf = (count: number, now: number): StoredRecord[] => {
  const day = new Date(now).toISOString().slice(0, 10);
  const board = { type: 'board', slug: BOARD, name: 'Large', zone: 'UTC', from: day, to: day, organiserKey: 'k'.repeat(22) };
  const key = (noun: string, index: number): string => `${noun}${String(index).padStart(10, '0')}`;
  const gatherings = Math.ceil(count / 100);
  const people = Math.ceil(count * 0.3);
  const records: object[] = [{ id: `board/${BOARD}`, ...board }];
  for (let index = 0; index < gatherings; index += 1) {
    const when = { start: now + HOUR, end: now + 2 * HOUR, createdAt: now };
    const said = { title: `Corner meeting ${index}`, place: 'Coffee bar', ...when };
    records.push({ id: `gathering/${key('g', index)}`, type: 'gathering', ...GATHERING_DEFAULTS, ...said });
  }
  for (let index = 0; index < people; index += 1) records.push({ ...stranger(key('p', index)), name: `Guest ${index}` });
  for (let index = 0; records.length < count; index += 1) {
    const [gathering, person] = [key('g', index % gatherings), key('p', Math.floor(index / gatherings) % people)];
    records.push({
      id: `rsvp/${gathering}:${person}`,
      type: 'rsvp',
      gathering,
      person,
      status: 'going',
      party: 1,
      discreet: false,
      at: now,
    });
  }
  return records as StoredRecord[];
};

const fill = async (store: Store, count: number): Promise<void> => {
  const records = recordsOf(count, Date.now());
  let head = EMPTY_HEAD;
  for (let from = 0; from < records.length; from += COMMIT_RECORDS) {
    const put = records.slice(from, from + COMMIT_RECORDS).map((record) => ({ ...record, rev: head.rev + 1 }));
    const answer = await store.commit(BOARD, head, { put, gone: [] }, []);
    if (answer.kind !== 'committed') throw new Error(`the board could not be written: ${answer.kind}`);
    ({ head } = answer);
  }
  await store.close();
};

/** From the first request to its whole answer, on a node that has just been started, in ms. */
const firstUse = async (data: string, redisUrl?: string): Promise<number> => {
  const adminToken = randomBytes(24).toString('base64url');
  const node = await ServerNode.start({
    data,
    adminToken,
    program: BUILT,
    env: nodeEnv(),
    ...(redisUrl === undefined ? {} : { redisUrl }),
  });
  try {
    const began = clock();
    const answer = await fetch(`${node.url}/api/boards/${BOARD}`);
    await answer.text();
    if (!answer.ok) throw new Error(`not served: ${answer.status}`);
    return clock() - began;
  } finally {
    await node.stop();
  }
};

const line = (store: string, records: number, bar: number, times: readonly number[]): Line => ({
  name: `P12 first use after start, ${records.toLocaleString('en')} records, ${store}`,
  figure: ms(median(times)),
  ...{ bar: `≤ ${ms(bar)}`, met: median(times) <= bar },
  reference: `of ${times.length}: ${times.map(ms).join(', ')}`,
});

const several = async (times: number, measure: () => Promise<number>): Promise<number[]> => {
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) taken.push(await measure());
  return taken;
};

export const start: Scene = async (small) => {
  const lines: Line[] = [];
  for (const [records, bar] of small ? SMALL : BARS) {
    const data = await mkdtemp(join(tmpdir(), 'huddle-start-'));
    const redis = await startRedis();
    try {
      const rounds = small ? 1 : ROUNDS;
      await fill(await openEmbeddedStore({ folder: data, now: Date.now }), records);
      lines.push(line('embedded', records, bar, await several(rounds, () => firstUse(data))));
      await fill(await openRedisStore({ url: redis.url, durability: 'full', replicas: 0, now: Date.now }), records);
      lines.push(line('Redis', records, bar, await several(rounds, () => firstUse(data, redis.url))));
    } finally {
      await redis.stop();
      await rm(data, { recursive: true, force: true });
    }
  }
  return lines;
};
