/**
 * A board on several nodes, second by second, from what things were measured to cost: to say what a size asks for that no machine here can
 * play. Time is simulated; nothing is sent.
 */

/** What was measured, in ms of one core. */
export interface Costs {
  /** A node to which nothing happens, each second. */
  readonly idle: number;
  /** A change on one node: decided there, or applied as another's. */
  readonly change: number;
  /** One frame to one phone. */
  readonly delivery: number;
}

export interface Size {
  readonly nodes: number;
  readonly phonesANode: number;
  /** Changes a second, all nodes together. */
  readonly rate: number;
  readonly seconds: number;
}

export interface Prediction {
  /** Share of a core that one node takes; all take the same. */
  readonly busy: number;
  readonly framesPerPhoneSecond: number;
  /** From the commit to the last phone of its node, in ms. */
  readonly p50: number;
  readonly p99: number;
}

/** The beat (N3), and how much longer than its own work a tick rests. */
const BEAT_MS = 100;
const REST = 1.5;
const SLOWEST_MS = 2000;

/** A node's one thread: until when it is taken, and what it has done. */
class SimulatedNode {
  readonly delays: number[] = [];
  busy = 0;
  frames = 0;
  #busyUntil = 0;
  #nextTick = 0;
  /** When the changes that its next tick shows were there. */
  #waiting: number[] = [];
  readonly #costs: Costs;
  readonly #phones: number;

  constructor(costs: Costs, phones: number) {
    this.#costs = costs;
    this.#phones = phones;
  }

  /** A change at that time; ticks that are due before it come first. */
  change(at: number): void {
    while (this.#waiting.length > 0 && Math.max(this.#nextTick, this.#busyUntil) <= at) this.tick();
    this.busy += this.#costs.change;
    this.#busyUntil = Math.max(this.#busyUntil, at) + this.#costs.change;
    this.#waiting.push(this.#busyUntil);
  }

  /** What waits goes to every phone, in the time that the frames take. */
  tick(): void {
    const began = Math.max(this.#nextTick, this.#busyUntil, this.#waiting[0] ?? 0);
    const took = this.#phones * this.#costs.delivery;
    for (const at of this.#waiting) this.delays.push(began + took - at);
    this.#waiting = [];
    this.frames += 1;
    this.busy += took;
    this.#busyUntil = began + took;
    this.#nextTick = began + Math.min(SLOWEST_MS, Math.max(BEAT_MS, took * REST));
  }
}

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

/** Changes come at even intervals, and every node shows every one to its phones: one node stands for all. */
export const simulate = ({ phonesANode, rate, seconds }: Size, costs: Costs): Prediction => {
  const node = new SimulatedNode(costs, phonesANode);
  for (let change = 0; change < rate * seconds; change += 1) node.change((change * 1000) / rate);
  node.tick();
  const delays = node.delays.sort((a, b) => a - b);
  return {
    busy: (node.busy / seconds + costs.idle) / 1000,
    framesPerPhoneSecond: node.frames / seconds,
    ...{ p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) },
  };
};
