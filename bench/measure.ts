/** One server with its crowd and the people who change things; measured for some seconds at a time, beside others that stand meanwhile. */
import { pause } from '@huddle/rig/wait.ts';
import { Child } from './child.ts';
import { clock } from './clock.ts';
import { cpuOfAll, memoryOf } from './cpu.ts';
import type { Arrivals, Crowd, CrowdReport } from './crowd.ts';
import { Histogram } from './histogram.ts';
import type { Paced, People } from './people.ts';
import { startTarget, type Kind, type LoopTurns, type Target, type Wanted } from './server.ts';

export interface Pace {
  /** Commands a second. */
  readonly rate: number;
  readonly seconds: number;
}

export interface Figures {
  readonly kind: Kind;
  /** Frames that reached a phone, all phones together. */
  readonly frames: number;
  /** Seconds of CPU that the servers took for it, and that the load took. */
  readonly cpu: number;
  readonly loadCpu: number;
  readonly seconds: number;
  readonly framesPerPhoneSecond: number;
  /** From the moment a command was due to be sent to its change on a phone, in ms. */
  readonly p50: number;
  readonly p99: number;
  /** From that moment to its acknowledgement, in ms. */
  readonly ackP50: number;
  readonly ackP99: number;
  readonly committed: number;
  readonly refused: Paced['refused'];
  readonly missing: number;
  /** Distinct states that phones show at the end. */
  readonly states: number;
  readonly bytes: number;
  readonly loop: LoopTurns;
}

/** How many phones one process plays without getting in its own way. */
const PHONES_A_PROCESS = 5000;
const LOOK_MS = 200;

export class Stage {
  readonly target: Target;
  readonly #people = new Child<People>('people.ts');
  readonly #crowds: Child<Crowd>[] = [];

  private constructor(target: Target) {
    this.target = target;
  }

  static async open(kind: Kind, wanted: Wanted = {}): Promise<Stage> {
    return new Stage(await startTarget(kind, wanted));
  }

  /** People who will send commands; organisers change titles, others take seats. */
  async invite(count: number, { organise = false } = {}): Promise<void> {
    const { urls, board, secret, gatherings, organiserKey } = this.target;
    await this.#people.ask('come', { urls, board, count, secret, gatherings, ...(organise ? { organiserKey } : {}) });
  }

  /** More phones that watch. */
  async watch(count: number, reading?: Arrivals['reading']): Promise<void> {
    const { urls, board } = this.target;
    for (let left = count; left > 0; left -= PHONES_A_PROCESS) {
      const crowd = new Child<Crowd>('crowd.ts');
      this.#crowds.push(crowd);
      await crowd.ask('arrive', { urls, board, count: Math.min(left, PHONES_A_PROCESS), ...(reading === undefined ? {} : { reading }) });
    }
  }

  /** Resident memory of the servers, in bytes. */
  async memory(): Promise<number> {
    return (await Promise.all(this.target.pids.map(memoryOf))).reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Commands at that pace; resolves once every phone has what they changed, or has waited for it `patience` ms. */
  async play(pace: Pace, patience = 10_000): Promise<Figures> {
    const { pids } = this.target;
    const loads = [this.#people, ...this.#crowds].map(({ pid }) => pid);
    await Promise.all(this.#crowds.map((crowd) => crowd.ask('measure', undefined)));
    await this.target.loop();
    const before = await Promise.all([cpuOfAll(pids), cpuOfAll(loads)]);
    const began = clock();
    const paced = await this.#people.ask('pace', pace);
    await this.#settled(paced.committed.at(-1)?.rev ?? 0, patience);
    const seconds = (clock() - began) / 1000;
    const after = await Promise.all([cpuOfAll(pids), cpuOfAll(loads)]);
    const loop = await this.target.loop();
    const reports = await Promise.all(this.#crowds.map((crowd) => crowd.ask('report', paced.committed)));
    const [cpu, loadCpu] = after.map((ms, index) => (ms - (before[index] ?? 0)) / 1000);
    return { ...this.#figures(paced, reports), cpu: cpu ?? NaN, loadCpu: loadCpu ?? NaN, seconds, loop };
  }

  race(waiting: number, seconds: number): ReturnType<People['race']> {
    return this.#people.ask('race', { waiting, seconds });
  }

  async close(): Promise<void> {
    await Promise.all([this.#people, ...this.#crowds].map((child) => child.stop()));
    await this.target.stop();
  }

  async #settled(rev: number, patience: number): Promise<void> {
    const giveUp = clock() + patience;
    for (;;) {
      const behind = await Promise.all(this.#crowds.map((crowd) => crowd.ask('behind', rev)));
      if (behind.every((count) => count === 0) || clock() > giveUp) return;
      await pause(LOOK_MS);
    }
  }

  #figures(paced: Paced, reports: readonly CrowdReport[]): Omit<Figures, 'cpu' | 'loadCpu' | 'seconds' | 'loop'> {
    const latencies = new Histogram();
    for (const report of reports) latencies.merge(new Histogram(report.latencies));
    const acks = new Histogram(paced.acks);
    const sum = (of: (report: CrowdReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
    return {
      kind: this.target.kind,
      frames: sum((report) => report.frames),
      framesPerPhoneSecond:
        sum((report) => report.frameRate * report.phones) /
        Math.max(
          1,
          sum((report) => report.phones),
        ),
      ...{ p50: latencies.percentile(0.5), p99: latencies.percentile(0.99) },
      ...{ ackP50: acks.percentile(0.5), ackP99: acks.percentile(0.99) },
      ...{ committed: paced.committed.length, refused: paced.refused },
      missing: sum((report) => report.missing),
      states: new Set(reports.flatMap((report) => report.states)).size,
      bytes: reports[0]?.bytes ?? 0,
    };
  }
}
