/** One measurement: a server, phones that watch it, people who change things at a steady pace. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { withId } from '@huddle/rig/http.ts';
import { pause } from '@huddle/rig/wait.ts';
import { clock } from './clock.ts';
import { cpuOf } from './cpu.ts';
import { Histogram } from './histogram.ts';
import type { Committed, FromLoad, LoadReport, ToLoad } from './load.ts';
import { child, startTarget, type Target, type TargetKind } from './target.ts';

export interface Scene {
  readonly phones: number;
  readonly changesPerSecond: number;
  readonly seconds: number;
}

export interface Figures {
  readonly kind: TargetKind;
  /** Frames that reached a phone, all phones together. */
  readonly frames: number;
  /** Seconds of CPU that the server took for it. */
  readonly cpu: number;
  readonly framesPerPhoneSecond: number;
  /** From a command's acknowledgement, sent as soon as it is committed, to its change on a phone, in ms. */
  readonly p50: number;
  readonly p99: number;
  /** From sending a command to its acknowledgement, in ms. */
  readonly ackP99: number;
  readonly missing: number;
  /** Distinct states that phones show at the end. */
  readonly states: number;
  readonly bytes: number;
  readonly cpuShare: number;
  readonly loop: { readonly max: number; readonly p99: number } | undefined;
}

/** How many phones one process plays without getting in its own way. */
const PHONES_A_PROCESS = 5000;
/** Commands a second that one person sends; well below the limit for a person. */
const PACE = 5;
const WARM_UP_S = 2;

const tell = (load: ChildProcess, message: ToLoad): void => void load.send(message);
const hear = async (load: ChildProcess): Promise<FromLoad> => ((await once(load, 'message')) as [FromLoad])[0];

const startLoads = async ({ url, board }: Target, phones: number): Promise<ChildProcess[]> => {
  const loads: ChildProcess[] = [];
  for (let left = phones; left > 0; left -= PHONES_A_PROCESS) {
    const load = child('load.ts', [url, board, Math.min(left, PHONES_A_PROCESS)]);
    loads.push(load);
    await hear(load);
  }
  return loads;
};

/** Commands at a steady pace, by the clock and not by the answers. Resolves when all have been answered. */
const feed = async (
  { writers }: Target,
  { changesPerSecond }: Scene,
  seconds: number,
): Promise<{ committed: Committed[]; acks: Histogram }> => {
  const committed: Committed[] = [];
  const acks = new Histogram();
  const answers: Promise<void>[] = [];
  const began = clock();
  for (let turn = 0; turn < changesPerSecond * seconds; turn += 1) {
    const wait = began + (turn / changesPerSecond) * 1000 - clock();
    if (wait > 0) await pause(wait);
    const writer = writers[turn % writers.length];
    if (writer === undefined) throw new Error('nobody writes');
    const at = clock();
    answers.push(
      writer.phone.command(withId(writer.next()), 15_000).then((ack) => {
        if (!ack.ok) throw new Error(`refused: ${JSON.stringify(ack)}`);
        const now = clock();
        acks.add(now - at);
        committed.push({ rev: ack.rev, at: now });
      }),
    );
  }
  await Promise.all(answers);
  return { committed: committed.sort((a, b) => a.rev - b.rev), acks };
};

const gather = async (loads: readonly ChildProcess[], committed: readonly Committed[]): Promise<LoadReport[]> =>
  Promise.all(
    loads.map(async (load) => {
      tell(load, { kind: 'report', committed });
      const said = await hear(load);
      if (said.kind !== 'report') throw new Error('a load that does not report');
      return said;
    }),
  );

/** Plays the scene on a fresh server. @param bytes size of a reference's change */
export const play = async (kind: TargetKind, scene: Scene, bytes: number): Promise<Figures> => {
  const target = await startTarget(kind, Math.ceil(scene.changesPerSecond / PACE), bytes);
  let loads: ChildProcess[] = [];
  try {
    loads = await startLoads(target, scene.phones);
    await feed(target, scene, WARM_UP_S);
    for (const load of loads) tell(load, { kind: 'measure' });
    await target.loop();
    const cpuBefore = await cpuOf(target.pid);
    const began = clock();
    const { committed, acks } = await feed(target, scene, scene.seconds);
    // The last tick, and whatever still stands in queues.
    await pause(1500);
    const elapsed = (clock() - began) / 1000;
    const cpu = ((await cpuOf(target.pid)) - cpuBefore) / 1000;
    const loop = await target.loop();
    const reports = await gather(loads, committed);
    const latencies = new Histogram();
    for (const report of reports) latencies.merge(new Histogram(report.latencies));
    const sum = (of: (report: LoadReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
    const frames = sum((report) => report.frames);
    return {
      kind,
      frames,
      cpu,
      framesPerPhoneSecond: sum((report) => report.frameRate * report.phones) / scene.phones,
      p50: latencies.percentile(0.5),
      p99: latencies.percentile(0.99),
      ackP99: acks.percentile(0.99),
      missing: sum((report) => report.missing),
      states: new Set(reports.flatMap((report) => report.states)).size,
      bytes: reports[0]?.bytes ?? 0,
      cpuShare: cpu / elapsed,
      loop,
    };
  } finally {
    for (const load of loads) load.disconnect();
    for (const { phone } of target.writers) phone.drop();
    await target.stop();
  }
};
