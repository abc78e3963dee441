/** Many phones as a process of their own: they watch, and report what reached them and when. */
import { createHash } from 'node:crypto';
import type { Change } from '@huddle/shared/protocol.ts';
import { snapshotOf } from '@huddle/rig/http.ts';
import { Phone } from '@huddle/rig/phone.ts';
import { Proxy } from '@huddle/rig/proxy.ts';
import { serve } from './child.ts';
import { clock } from './clock.ts';
import { Histogram } from './histogram.ts';
import type { Committed } from './people.ts';

/** Phones that come to watch, one url after the other. */
export interface Arrivals {
  readonly urls: readonly string[];
  readonly board: string;
  readonly count: number;
  /** How they read: at once, never, or at a kilobyte a second. */
  readonly reading?: 'never' | 'slowly';
}

export interface CrowdReport {
  readonly phones: number;
  /** Public frames received by all phones since `measure`. */
  readonly frames: number;
  /** Public frames a second to one phone, over the time in which they came; the mean of all phones. */
  readonly frameRate: number;
  /** Mean size of a public change, in bytes. */
  readonly bytes: number;
  /** Counts of a {@link Histogram}: from the moment a command was due to be sent to its change at each phone. */
  readonly latencies: number[];
  /** Commands that did not reach a phone, summed over the phones. */
  readonly missing: number;
  /** What phones show, one digest for each distinct state. */
  readonly states: readonly string[];
}

/** How many arrive at once: whom the gate turns away comes back when told to. */
const AT_ONCE = 200;
const ARRIVE_MS = 60_000;
const SLOWLY_BYTES_A_SECOND = 1024;

/** Thousands of phones share the change object that the first of them read: its rev is looked up once. */
const revs = new WeakMap<Change, number>();
const revOf = (change: Change): number => {
  const known = revs.get(change);
  if (known !== undefined) return known;
  const rev = Number(change.cursor?.split('.')[0]);
  revs.set(change, rev);
  return rev;
};

/** One phone and what reached it. */
class Watcher {
  readonly phone: Phone;
  readonly arrivals: { readonly rev: number; readonly at: number }[] = [];
  bytes = 0;

  constructor(options: ConstructorParameters<typeof Phone>[0]) {
    this.phone = new Phone(options);
    this.phone.onChange = (change) => {
      if (change.audience !== 'public') return;
      this.arrivals.push({ rev: revOf(change), at: clock() });
      if (watchers[0] === this) this.bytes += JSON.stringify(change).length;
    };
  }

  /** How long each command took to this phone. Returns how many never came. */
  latencies(committed: readonly Committed[], into: Histogram): number {
    let next = 0;
    for (const [index, command] of committed.entries()) {
      while (next < this.arrivals.length && (this.arrivals[next]?.rev ?? 0) < command.rev) next += 1;
      const arrival = this.arrivals[next];
      if (arrival === undefined) return committed.length - index;
      into.add(arrival.at - command.due);
    }
    return 0;
  }

  /** Whether everything up to that rev has come. */
  has(rev: number): boolean {
    return (this.arrivals.at(-1)?.rev ?? 0) >= rev;
  }
}

const watchers: Watcher[] = [];
const slow: Phone[] = [];

// Thousands in one process need not each fetch the same file.
let file: { readonly at: number; readonly snapshot: ReturnType<typeof snapshotOf> } | undefined;

const arrive = async ({ urls: direct, board, count, reading }: Arrivals): Promise<void> => {
  const proxies = reading === 'slowly' ? await Promise.all(direct.map((url) => Proxy.before(Number(new URL(url).port)))) : [];
  const urls = reading === 'slowly' ? proxies.map(({ url }) => url) : direct;
  const snapshot = (): ReturnType<typeof snapshotOf> => {
    if (file === undefined || clock() - file.at > 1000) file = { at: clock(), snapshot: snapshotOf(urls[0] ?? '', board) };
    return file.snapshot;
  };
  const come = async (index: number): Promise<void> => {
    const url = urls[index % urls.length] ?? '';
    const watcher = new Watcher({ url, board, capture: false, snapshot });
    await watcher.phone.arrive([url], ARRIVE_MS);
    if (reading === undefined) {
      watchers.push(watcher);
      return;
    }
    slow.push(watcher.phone);
    if (reading === 'never') watcher.phone.stopReading();
  };
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => come(from + index)));
  }
  // A thin line is one only once they are in.
  for (const proxy of proxies) proxy.down.throttle = SLOWLY_BYTES_A_SECOND;
};

const rateOf = ({ arrivals }: Watcher): number => {
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  return first === undefined || last === undefined || first === last ? 0 : ((arrivals.length - 1) / (last.at - first.at)) * 1000;
};

const stateOf = (phone: Phone): string => {
  const views = [...phone.audience('public').values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(views)).digest('hex');
};

const report = (committed: readonly Committed[]): CrowdReport => {
  const latencies = new Histogram();
  const missing = watchers.reduce((sum, watcher) => sum + watcher.latencies(committed, latencies), 0);
  const frames = watchers.reduce((sum, watcher) => sum + watcher.arrivals.length, 0);
  const frameRate = watchers.reduce((sum, watcher) => sum + rateOf(watcher), 0) / Math.max(1, watchers.length);
  const [weighed] = watchers;
  const bytes = Math.round((weighed?.bytes ?? 0) / Math.max(1, weighed?.arrivals.length ?? 0));
  // Phones in step share one map, so that thousands are compared at the cost of one.
  const maps = new Map(watchers.map(({ phone }) => [phone.audience('public'), phone]));
  const states = [...new Set([...maps.values()].map(stateOf))];
  return { phones: watchers.length, frames, frameRate, bytes, latencies: latencies.counts, missing, states };
};

const skills = {
  arrive,
  measure: (): void => {
    for (const watcher of watchers) watcher.arrivals.length = watcher.bytes = 0;
  },
  /** How many phones still wait for that rev. */
  behind: (rev: number): number => watchers.filter((watcher) => !watcher.has(rev)).length,
  report,
};
export type Crowd = typeof skills;

serve(skills);
