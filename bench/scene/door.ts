/** P8, N8: what it costs to let a phone in – with no cursor, and with a recent one – beside a bare Socket.IO connect and join; and a crowd. */
import { pause } from '@huddle/rig/wait.ts';
import { Child } from '../child.ts';
import type { Callers, Call } from '../callers.ts';
import { cpuOfAll } from '../cpu.ts';
import { Histogram, median } from '../histogram.ts';
import { Stage } from '../measure.ts';
import { ms, type Line, type Scene } from '../report.ts';
import type { Target } from '../server.ts';

interface Size {
  readonly arrivals: number;
  readonly rounds: number;
  readonly crowd: number;
}
const FULL: Size = { arrivals: 600, rounds: 4, crowd: 5000 };
const SMALL: Size = { arrivals: 20, rounds: 1, crowd: 50 };
const MODES = ['join', 'cold', 'asking', 'recent'] as const;
/** Seats taken between a snapshot and the arrival of those who know it. */
const MISSED = { rate: 10, seconds: 0.5 };
/** Whoever left before is still being seen off while the server uses more than this share of a core. */
const QUIET = 0.03;
const LOOK_MS = 150;

/** Waits until those who left have been seen off, so that nobody pays for them. */
const quiet = async ({ pids }: Target): Promise<void> => {
  for (let looks = 0; looks < 40; looks += 1) {
    const before = await cpuOfAll(pids);
    await pause(LOOK_MS);
    if ((await cpuOfAll(pids)) - before < LOOK_MS * QUIET) return;
  }
};

/** CPU of the server for one arrival, in ms; all stay until that has been counted. */
const arrival = async (callers: Child<Callers>, stage: Stage, mode: Call['mode'], count: number): Promise<number> => {
  const { target } = stage;
  const at = { url: target.urls[0] ?? '', board: target.board };
  const cursor = mode === 'join' ? undefined : await callers.ask('cursor', at);
  if (mode === 'recent') await stage.play(MISSED);
  await quiet(target);
  const before = await cpuOfAll(target.pids);
  await callers.ask('call', { ...at, mode, count, ...(cursor === undefined ? {} : { cursor }) });
  const cpu = (await cpuOfAll(target.pids)) - before;
  await callers.ask('hangUp', undefined);
  return cpu / count;
};

const crowdLine = async (callers: Child<Callers>, { target }: Stage, count: number, each: number): Promise<Line> => {
  await quiet(target);
  await target.loop();
  const before = await cpuOfAll(target.pids);
  const { told, untold, waits } = await callers.ask('storm', { url: target.urls[0] ?? '', board: target.board, count });
  const cpu = (await cpuOfAll(target.pids)) - before;
  const { max } = await target.loop();
  await callers.ask('hangUp', undefined);
  const within = new Histogram(waits);
  const extra = told === 0 ? 'nobody was turned away' : `${ms(Math.max(0, cpu - within.size * each) / told)} of CPU for each turned away`;
  return {
    name: `P8 door, ${count} at once`,
    figure: `${within.size} in, ${told} told when to come back, ${untold} turned away without a word`,
    ...{ bar: `all in, none without a word`, met: within.size === count && untold === 0 },
    reference: `half were in after ${ms(within.percentile(0.5))}, all after ${ms(within.percentile(1))}; longest turn ${ms(max)}; ${extra}`,
  };
};

export const door: Scene = async (small) => {
  const { arrivals, rounds, crowd } = small ? SMALL : FULL;
  const callers = new Child<Callers>('callers.ts');
  const ours = await Stage.open('huddle', { gatherings: 200 });
  const join = await Stage.open('join');
  try {
    await ours.invite(4);
    const costs: Record<(typeof MODES)[number], number[]> = { join: [], cold: [], asking: [], recent: [] };
    // The first of each warms the code up and does not count.
    for (let round = -1; round < rounds; round += 1) {
      for (const mode of MODES) {
        const cost = await arrival(callers, mode === 'join' ? join : ours, mode, arrivals);
        if (round >= 0) costs[mode].push(cost);
      }
    }
    const [bare, cold, asking, recent] = MODES.map((mode) => median(costs[mode])) as [number, number, number, number];
    const line = (what: string, cost: number): Line => ({
      name: `P8 door, ${what}`,
      figure: `${(cost / bare).toFixed(2)} × connect and join (${cost.toFixed(2)} ms of CPU)`,
      ...{ bar: '≤ 1.25 ×', met: cost <= 1.25 * bare },
      reference: `bare Socket.IO connect and join ${bare.toFixed(2)} ms`,
    });
    return [
      line('with a recent cursor', recent),
      line('cold: welcome, snapshot, resume', cold),
      line('cold, asking first: welcome, start over, snapshot, resume', asking),
      await crowdLine(callers, ours, crowd, asking),
    ];
  } finally {
    await callers.stop();
    await ours.close();
    await join.close();
  }
};
