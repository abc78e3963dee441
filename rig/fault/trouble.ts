/** What goes wrong on a stage: each kind of fault begins, lasts, and ends with everything as it was. */
import { appendFileSync, existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Lane, Proxy } from '../proxy.ts';
import type { Random } from '../random.ts';
import { pause } from '../wait.ts';
import type { Stage } from './stage.ts';

export interface Trouble {
  readonly name: string;
  /** Which stages it can happen on. */
  readonly on: 'redis' | 'embedded' | 'both';
  happen(stage: Stage, random: Random): Promise<void>;
}

/** Most faults are short; a few last as long as a person's patience. */
const lasting = (random: Random, longestMs: number): Promise<void> => pause(200 + random.int(longestMs));

const lanes = (proxies: readonly Proxy[]): Lane[] => proxies.flatMap(({ up, down }) => [up, down]);

/** Changes how lanes behave, for a while; connections that were silent or torn meanwhile end with it. */
const disturbed = async (proxies: readonly Proxy[], change: Partial<Lane>, during: Promise<void>, thenCut: boolean): Promise<void> => {
  for (const lane of lanes(proxies)) Object.assign(lane, change);
  await during;
  for (const lane of lanes(proxies)) Object.assign(lane, { delay: 0, throttle: 0, swallow: false, cutAfter: undefined });
  if (thenCut) for (const proxy of proxies) proxy.cut();
};

const killNode = async (stage: Stage, random: Random, between: () => void = () => undefined): Promise<void> => {
  const node = random.pick(stage.nodes);
  await node.kill();
  between();
  await pause(random.int(500));
  await node.restart();
};

/** How long the link to Redis may be gone. */
const GONE_MS = 4000;

export const TROUBLES: readonly Trouble[] = [
  { name: 'a node is killed and started again', on: 'both', happen: (stage, random) => killNode(stage, random) },
  {
    name: 'a node is paused and wakes up',
    on: 'both',
    happen: async (stage, random) => {
      const node = random.pick(stage.nodes);
      node.signal('SIGSTOP');
      await lasting(random, 2500);
      node.signal('SIGCONT');
    },
  },
  {
    name: 'the last page of the log is torn',
    on: 'embedded',
    happen: (stage, random) =>
      killNode(stage, random, () => {
        const log = join(stage.nodes[0]?.data ?? '', 'huddle.db-wal');
        if (existsSync(log)) appendFileSync(log, randomBytes(1 + random.int(4000)));
      }),
  },
  {
    name: 'Redis is killed and started again',
    on: 'redis',
    happen: async ({ redis }, random) => {
      await redis?.kill();
      await pause(random.int(1500));
      await redis?.start();
    },
  },
  {
    name: 'Redis is paused and wakes up',
    on: 'redis',
    happen: async ({ redis }, random) => {
      redis?.pause();
      await lasting(random, 2500);
      redis?.resume();
    },
  },
  {
    name: 'a node is cut off from Redis',
    on: 'redis',
    happen: async ({ links }, random) => {
      const link = random.pick(links);
      link.refuse = true;
      link.cut();
      await lasting(random, GONE_MS);
      link.refuse = false;
    },
  },
  {
    name: 'the link to Redis is half open',
    on: 'redis',
    happen: ({ links }, random) => disturbed([random.pick(links)], { swallow: true }, lasting(random, 2500), true),
  },
  {
    name: 'the link to Redis breaks within an answer, again and again',
    on: 'redis',
    happen: async ({ links }, random) => {
      const link = random.pick(links);
      for (let turn = 0; turn < 4; turn += 1) {
        random.pick([link.up, link.down]).cutAfter = 500 + random.int(20_000);
        await pause(300 + random.int(300));
      }
      link.up.cutAfter = link.down.cutAfter = undefined;
    },
  },
  {
    name: 'the link to Redis is slow',
    on: 'redis',
    happen: ({ links }, random) => disturbed([random.pick(links)], { delay: 50 + random.int(300) }, lasting(random, 2000), false),
  },
  {
    name: 'Redis has no memory left, and forgets its scripts',
    on: 'redis',
    happen: async ({ redis }, random) => {
      await redis?.command('CONFIG', 'SET', 'maxmemory', '1');
      await redis?.command('SCRIPT', 'FLUSH');
      await lasting(random, 1000);
      await redis?.command('CONFIG', 'SET', 'maxmemory', '0');
    },
  },
  {
    name: 'every phone of a node is cut off',
    on: 'both',
    happen: async ({ doors }, random) => {
      for (let turn = 0; turn < 3; turn += 1) {
        random.pick(doors).cut();
        await pause(random.int(400));
      }
    },
  },
  {
    name: 'phones are half open',
    on: 'both',
    happen: ({ doors }, random) => disturbed([random.pick(doors)], { swallow: true }, lasting(random, 2500), true),
  },
  {
    name: 'the way of phones is slow and narrow',
    on: 'both',
    happen: ({ doors }, random) =>
      disturbed([random.pick(doors)], { delay: random.int(200), throttle: 20_000 + random.int(80_000) }, lasting(random, 1500), false),
  },
];
