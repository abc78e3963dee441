/** What is measured: our node, fed by real commits, or one of the references, fed the same way. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { accepted, Deployment, gathering } from '@huddle/rig/deployment.ts';
import { freshId, withId } from '@huddle/rig/http.ts';
import { Phone } from '@huddle/rig/phone.ts';
import type { Reference } from './reference.ts';

export type TargetKind = 'huddle' | Reference;

/** Somebody who changes the board: `next` is what they send next. */
export interface Writer {
  readonly phone: Phone;
  next(): CommandInput;
}

export interface Target {
  readonly kind: TargetKind;
  readonly url: string;
  readonly board: string;
  readonly pid: number;
  readonly writers: readonly Writer[];
  /** Longest and 99th-percentile turn of the event loop since the last look, in ms; only of our node. */
  loop(): Promise<{ readonly max: number; readonly p99: number } | undefined>;
  stop(): Promise<void>;
}

/** Starts a script of this folder as a child with a channel. */
export const child = (file: string, args: readonly (string | number)[]): ChildProcess =>
  fork(fileURLToPath(new URL(file, import.meta.url)), args.map(String), { execArgv: ['--import', 'tsx'], serialization: 'advanced' });

const GATHERINGS = 20;
/** The event loop's delay is sampled every 10 ms, and a sample holds those 10 ms. */
const SAMPLE_MS = 10;

const seat = (gatherings: readonly string[], index: number): Writer['next'] => {
  let turn = index;
  let taken = false;
  return () => {
    taken = !taken;
    if (taken) turn += 1;
    return { type: taken ? 'takeSeat' : 'giveBackSeat', gathering: gatherings[turn % gatherings.length] ?? '' };
  };
};

const huddle = async (writers: number): Promise<Target> => {
  const deployment = await Deployment.embedded({ LOG_LEVEL: 'warn' });
  const board = await deployment.board();
  const host = await deployment.organiser(board, 'Host');
  const gatherings = Array.from({ length: GATHERINGS }, freshId);
  for (const [index, id] of gatherings.entries()) {
    accepted(await host.phone.insist(withId(gathering(id, { title: `Corner meeting ${index}`, capacity: 100 }))));
  }
  const people = await Promise.all(
    Array.from({ length: writers }, (_, index) => deployment.attendee(board, `Guest ${index}`, 0, { capture: false })),
  );
  const metric = (text: string, name: string): number =>
    Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? NaN) * 1000 - SAMPLE_MS;
  return {
    kind: 'huddle',
    url: deployment.url(),
    board: board.slug,
    pid: deployment.nodes[0]?.pid ?? 0,
    writers: people.map(({ phone }, index) => ({ phone, next: seat(gatherings, index) })),
    loop: async () => {
      const text = await (await fetch(`${deployment.url()}/metrics`)).text();
      return { max: metric(text, 'nodejs_eventloop_lag_max_seconds'), p99: metric(text, 'nodejs_eventloop_lag_p99_seconds') };
    },
    stop: () => deployment.stop(),
  };
};

const reference = async (kind: Reference, writers: number, bytes: number): Promise<Target> => {
  const server = child('reference.ts', [kind, bytes]);
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  const url = `http://127.0.0.1:${port}`;
  const phones = await Promise.all(Array.from({ length: writers }, () => Phone.join({ url, board: 'reference', capture: false })));
  return {
    kind,
    url,
    board: 'reference',
    pid: server.pid ?? 0,
    writers: phones.map((phone) => ({ phone, next: () => ({ type: 'takeSeat', gathering: 'reference' }) })),
    loop: () => Promise.resolve(undefined),
    stop: async () => {
      const gone = once(server, 'exit');
      server.disconnect();
      await gone;
    },
  };
};

/** @param bytes size of a reference's change, taken from ours */
export const startTarget = (kind: TargetKind, writers: number, bytes: number): Promise<Target> =>
  kind === 'huddle' ? huddle(writers) : reference(kind, writers, bytes);
