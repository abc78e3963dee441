/**
 * A board on several nodes, second by second, from what things were measured to cost: to say what a size asks for that no machine here can
 * play. Time is simulated; nothing is sent.
 */

/** What was measured, in ms of one core. */
export interface Costs {
  /** A command, from its arrival to its acknowledgement, on the node that takes it. */
  readonly command: number;
  /** A commit of another node, applied. */
  readonly applied: number;
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
  /** Share of a core, all nodes together. */
  readonly cores: number;
  /** Of the busiest node. */
  readonly busiest: number;
  readonly framesPerPhoneSecond: number;
  /** From the commit to the last phone of its node, in ms. */
  readonly p50: number;
  readonly p99: number;
}

/** The beat (N3), and how much longer than its own work a tick rests. */
const BEAT_MS = 100;
const REST = 1.5;
const SLOWEST_MS = 2000;

interface SimulatedNode {
  /** Until when its one thread is taken. */
  busyUntil: number;
  busy: number;
  nextTick: number;
  /** Commits that its next tick shows. */
  waiting: number[];
  frames: number;
}

/** One tick: what waits goes to every phone, in the time that the frames take. Adds each change's delay. */
const tick = (node: SimulatedNode, { phonesANode }: Size, { delivery }: Costs, delays: number[]): void => {
  const began = Math.max(node.nextTick, node.busyUntil, node.waiting[0] ?? 0);
  const took = phonesANode * delivery;
  for (const at of node.waiting) delays.push(began + took - at);
  node.waiting = [];
  node.frames += 1;
  node.busy += took;
  node.busyUntil = began + took;
  node.nextTick = began + Math.min(SLOWEST_MS, Math.max(BEAT_MS, took * REST));
};

const percentile = (sorted: readonly number[], share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

/** Changes come at even intervals, to the nodes in turn; every node shows every change to its phones. */
export const simulate = (size: Size, costs: Costs): Prediction => {
  const nodes = Array.from({ length: size.nodes }, (): SimulatedNode => ({ busyUntil: 0, busy: 0, nextTick: 0, waiting: [], frames: 0 }));
  const delays: number[] = [];
  for (let change = 0; change < size.rate * size.seconds; change += 1) {
    const at = (change * 1000) / size.rate;
    for (const [index, node] of nodes.entries()) {
      while (node.waiting.length > 0 && Math.max(node.nextTick, node.busyUntil) <= at) tick(node, size, costs, delays);
      const work = change % size.nodes === index ? costs.command : costs.applied;
      node.busy += work;
      node.busyUntil = Math.max(node.busyUntil, at) + work;
      node.waiting.push(node.busyUntil);
    }
  }
  for (const node of nodes) if (node.waiting.length > 0) tick(node, size, costs, delays);
  delays.sort((a, b) => a - b);
  const shares = nodes.map(({ busy }) => busy / 1000 / size.seconds);
  return {
    cores: shares.reduce((sum, share) => sum + share, 0),
    busiest: Math.max(...shares),
    framesPerPhoneSecond: nodes.reduce((sum, { frames }) => sum + frames, 0) / size.nodes / size.seconds,
    ...{ p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) },
  };
};
