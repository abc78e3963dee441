/** What is measured: our nodes, or one of the references, started alike and asked alike. */
import { randomBytes } from 'node:crypto';
import { HOUR, Deployment } from '@huddle/rig/deployment.ts';
import { freshId } from '@huddle/rig/http.ts';
import { startRedis } from '@huddle/rig/redis.ts';
import { Child } from './child.ts';
import type { Reference, ReferenceServer } from './reference.ts';

export type Kind = 'huddle' | Reference;

export interface Wanted {
  readonly nodes?: number;
  /** Of our nodes: one Redis for all, every commit synced; else each its own file. */
  readonly store?: 'redis' | 'embedded';
  readonly gatherings?: number;
  readonly capacity?: number;
  /** Size of a reference's change, taken from ours. */
  readonly bytes?: number;
}

export interface LoopTurns {
  /** Longest turn of the event loop, in ms, on whichever node it was. */
  readonly max: number;
  readonly p99: number;
}

export interface Target {
  readonly kind: Kind;
  readonly urls: readonly string[];
  readonly board: string;
  /** Of the servers, without Redis. */
  readonly pids: readonly number[];
  readonly gatherings: readonly string[];
  readonly secret: string;
  readonly organiserKey: string;
  /** Since the last look. */
  loop(): Promise<LoopTurns>;
  stop(): Promise<void>;
}

/** What `npm start` runs; a node that is run from its sources answers a sixth fewer, because what reads TypeScript keeps names of functions. */
export const BUILT = 'server/dist/main.js';

/** See `profile.mjs`. */
let profile: Readonly<Record<string, string>> = {};

/** What each node is started with besides its own. */
export const nodeEnv = (): Readonly<Record<string, string>> => profile;

/** Nodes that are started from now on leave a profile of each of their threads under `bench/` when they end. */
export const profileNodes = (): void => {
  profile = { NODE_OPTIONS: `--import ${new URL('profile.mjs', import.meta.url).href}` };
};

/** The event loop's delay is sampled every 10 ms, and a sample holds those 10 ms. */
const SAMPLE_MS = 10;
/** A command takes 8 KB. */
const IMPORTED_AT_ONCE = 20;

const worst = (turns: readonly LoopTurns[]): LoopTurns => ({
  max: Math.max(...turns.map(({ max }) => max)) - SAMPLE_MS,
  p99: Math.max(...turns.map(({ p99 }) => p99)) - SAMPLE_MS,
});

/** A number that a node tells of itself. */
export const metric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? NaN);
};

const loopOf = async (url: string): Promise<LoopTurns> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const ms = (name: string): number =>
    Number(new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)`, 'm').exec(text)?.[1] ?? NaN) * 1000;
  return { max: ms('max'), p99: ms('p99') };
};

const huddle = async ({ nodes = 1, store = 'embedded', gatherings: count = 20, capacity = 100 }: Wanted): Promise<Target> => {
  const secret = randomBytes(33).toString('base64');
  const env = { LOG_LEVEL: 'warn', HUDDLE_SESSION_SECRET: secret, ...nodeEnv() };
  const deployment = store === 'redis' ? await Deployment.overRedis(0) : Deployment.bare();
  for (let node = 0; node < nodes; node += 1) await deployment.addNode(env, { program: BUILT });
  const board = await deployment.board();
  const gatherings = Array.from({ length: count }, freshId);
  const entry = (gathering: string, index: number) => ({
    ...{ line: index + 1, gathering, title: `Corner meeting ${index}`, kind: 'corner' as const, place: 'Coffee bar', capacity },
    ...{ start: Date.now() + HOUR, end: Date.now() + 2 * HOUR },
  });
  for (let from = 0; from < count; from += IMPORTED_AT_ONCE) {
    const part = gatherings.slice(from, from + IMPORTED_AT_ONCE).map((id, index) => entry(id, from + index));
    await deployment.admin(board.slug, { type: 'importGatherings', gatherings: part });
  }
  const urls = deployment.nodes.map(({ url }) => url);
  return {
    ...{ kind: 'huddle', urls, board: board.slug, gatherings, secret, organiserKey: board.organiserKey },
    pids: deployment.nodes.map(({ pid }) => pid),
    loop: async () => worst(await Promise.all(urls.map(loopOf))),
    stop: () => deployment.stop(),
  };
};

const reference = async (kind: Reference, { nodes = 1, gatherings: count = 20, capacity = 100, bytes = 100 }: Wanted): Promise<Target> => {
  const redis = kind === 'naive' ? await startRedis() : undefined;
  const gatherings = Array.from({ length: count }, freshId);
  const servers = Array.from({ length: nodes }, () => new Child<ReferenceServer>('reference.ts'));
  const manner = { kind, bytes, gatherings, capacity, ...(redis === undefined ? {} : { redisUrl: redis.url }) };
  const ports = await Promise.all(servers.map((server) => server.ask('listen', manner)));
  return {
    ...{ kind, board: 'reference', gatherings, secret: 'x'.repeat(32), organiserKey: 'x' },
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    pids: servers.map(({ pid }) => pid),
    loop: async () => worst(await Promise.all(servers.map((server) => server.ask('loop', undefined)))),
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
      await redis?.stop();
    },
  };
};

export const startTarget = (kind: Kind, wanted: Wanted = {}): Promise<Target> =>
  kind === 'huddle' ? huddle(wanted) : reference(kind, wanted);
