/** Many phones as a process of their own: they watch, and report what reached them and when. */
import { createHash } from 'node:crypto';
import type { Change } from '@huddle/shared/protocol.ts';
import { snapshotOf } from '@huddle/rig/http.ts';
import { Phone } from '@huddle/rig/phone.ts';
import { clock } from './clock.ts';
import { Histogram } from './histogram.ts';

/** A command that took effect: the rev that holds it, and when its sender knew. */
export interface Committed {
  readonly rev: number;
  readonly at: number;
}

export type ToLoad = { readonly kind: 'measure' } | { readonly kind: 'report'; readonly committed: readonly Committed[] };

export interface LoadReport {
  readonly kind: 'report';
  readonly phones: number;
  /** Public frames received by all phones since `measure`. */
  readonly frames: number;
  /** Public frames a second to one phone, over the time in which they came; the mean of all phones. */
  readonly frameRate: number;
  /** Mean size of a public change, in bytes. */
  readonly bytes: number;
  /** Counts of a {@link Histogram}: from a command's acknowledgement to its change at each phone. */
  readonly latencies: number[];
  /** Commands that did not reach a phone, summed over the phones. */
  readonly missing: number;
  /** What phones show, one digest for each distinct state. */
  readonly states: readonly string[];
}

export type FromLoad = { readonly kind: 'ready' } | LoadReport;

const revOf = (change: Change): number => Number(change.cursor?.split('.')[0]);

/** One phone and what reached it. */
class Watcher {
  readonly phone: Phone;
  readonly arrivals: { readonly rev: number; readonly at: number }[] = [];
  bytes = 0;

  constructor(options: ConstructorParameters<typeof Phone>[0], weigh: boolean) {
    this.phone = new Phone(options);
    this.phone.onChange = (change) => {
      if (change.audience !== 'public') return;
      this.arrivals.push({ rev: revOf(change), at: clock() });
      if (weigh) this.bytes += JSON.stringify(change).length;
    };
  }

  /** How long each command took to this phone. Returns how many never came. */
  latencies(committed: readonly Committed[], into: Histogram): number {
    let next = 0;
    for (const [index, command] of committed.entries()) {
      while (next < this.arrivals.length && (this.arrivals[next]?.rev ?? 0) < command.rev) next += 1;
      const arrival = this.arrivals[next];
      if (arrival === undefined) return committed.length - index;
      into.add(arrival.at - command.at);
    }
    return 0;
  }
}

const rateOf = ({ arrivals }: Watcher): number => {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  return first === undefined || last === undefined || first === last ? 0 : ((arrivals.length - 1) / (last.at - first.at)) * 1000;
};

const stateOf = (phone: Phone): string => {
  const views = [...phone.audience('public').values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(views)).digest('hex');
};

const report = (watchers: readonly Watcher[], committed: readonly Committed[]): LoadReport => {
  const latencies = new Histogram();
  const missing = watchers.reduce((sum, watcher) => sum + watcher.latencies(committed, latencies), 0);
  const frames = watchers.reduce((sum, watcher) => sum + watcher.arrivals.length, 0);
  const frameRate = watchers.reduce((sum, watcher) => sum + rateOf(watcher), 0) / watchers.length;
  const [weighed] = watchers;
  const bytes = Math.round((weighed?.bytes ?? 0) / Math.max(1, weighed?.arrivals.length ?? 0));
  // Phones in step share one map, so that thousands are compared at the cost of one.
  const maps = new Map(watchers.map(({ phone }) => [phone.audience('public'), phone]));
  const states = [...new Set([...maps.values()].map(stateOf))];
  return { kind: 'report', phones: watchers.length, frames, frameRate, bytes, latencies: latencies.counts, missing, states };
};

const watch = async (url: string, board: string, count: number): Promise<void> => {
  // Thousands in one process need not each fetch the same file.
  let file: { at: number; snapshot: ReturnType<typeof snapshotOf> } | undefined;
  const snapshot = (): ReturnType<typeof snapshotOf> => {
    if (file === undefined || clock() - file.at > 1000) file = { at: clock(), snapshot: snapshotOf(url, board) };
    return file.snapshot;
  };
  const watchers = Array.from({ length: count }, (_, index) => new Watcher({ url, board, capture: false, snapshot }, index === 0));
  // In groups, as people arrive; whom the gate turns away comes back when told to.
  for (let from = 0; from < count; from += 100) {
    await Promise.all(watchers.slice(from, from + 100).map(({ phone }) => phone.arrive(undefined, 60_000)));
  }
  process.on('message', (message: ToLoad) => {
    if (message.kind === 'measure') {
      for (const watcher of watchers) watcher.arrivals.length = watcher.bytes = 0;
    } else process.send?.(report(watchers, message.committed) satisfies FromLoad);
  });
  process.send?.({ kind: 'ready' } satisfies FromLoad);
};

if (process.send !== undefined) {
  const [, , url = '', board = '', count = '0'] = process.argv;
  process.once('disconnect', () => process.exit(0));
  await watch(url, board, Number(count));
}
