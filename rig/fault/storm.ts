/** R1, R2, R11: a crowd over a stage on which everything fails, one thing after the other; then everything is checked. */
import { seeded } from '../random.ts';
import { pause } from '../wait.ts';
import { check, different, type Evidence } from './checker.ts';
import { boardAfter } from './commit-log.ts';
import { Crowd } from './crowd.ts';
import { Stage } from './stage.ts';
import { TROUBLES } from './trouble.ts';

export interface StormOptions {
  readonly seed: number;
  readonly store: 'redis' | 'embedded';
  readonly people?: number;
  readonly faults?: number;
}

export interface StormReport {
  readonly faults: readonly string[];
  readonly commands: number;
  readonly acknowledged: number;
  readonly unknown: number;
  readonly commits: number;
  readonly phones: number;
  readonly problems: readonly string[];
}

/** Long enough for a machine with much else to do: whoever is not equal by then never will be. */
const CONVERGE_MS = 120_000;
/** Longer than a commit may be under way. */
const LOOK_MS = 1200;
const BETWEEN_MS = 700;

/** What the nodes complained of last: where to look when something is wrong. */
const lastWords = (stage: Stage): string[] =>
  stage.nodes.flatMap(({ log }) => log.filter((text) => /"level":[56]0/.test(text)).slice(-3)).map((text) => `a node said: ${text}`);

/** One round. The same seed makes the same faults in the same order, over commands that the machine's own timing orders anew. */
export const storm = async ({ seed, store, people = 60, faults = 8 }: StormOptions): Promise<StormReport> => {
  const random = seeded(seed);
  const stage = await (store === 'redis' ? Stage.overRedis() : Stage.embedded());
  try {
    const crowd = await Crowd.gather(stage, random, people);
    crowd.start();
    const kinds = TROUBLES.filter(({ on }) => on === 'both' || on === store);
    const happened: string[] = [];
    for (let turn = 0; turn < faults; turn += 1) {
      await pause(random.int(BETWEEN_MS));
      const trouble = random.pick(kinds);
      happened.push(trouble.name);
      await trouble.happen(stage, random);
    }
    const found = await judge(stage, crowd);
    const problems = found.length === 0 ? [] : [...found, ...lastWords(stage)];
    const { told, acknowledged } = crowd.history;
    const unknown = told.filter(
      ({ attempts }) => !attempts.some(({ ack }) => ack !== undefined && (ack.ok || ack.code !== 'retry')),
    ).length;
    const counts = { commands: told.length, acknowledged, unknown, commits: stage.commits().length, phones: crowd.phones.length };
    return { faults: happened, ...counts, problems };
  } finally {
    await stage.stop();
  }
};

/** Lets everything come to rest: nobody wishes for more, everybody comes back. Says who did not. Then everybody leaves. */
export const settle = async (stage: Stage, crowd: Crowd): Promise<string[]> => {
  await crowd.rest();
  let looked = -1;
  /** Everybody shows what the store holds, and nothing has been added to it since the last look: late commits have come by then. */
  const isAtRest = (): boolean => {
    const commits = stage.commits();
    const isStill = commits.length === looked;
    looked = commits.length;
    const board = boardAfter(commits);
    return isStill && crowd.phones.every((phone) => phone.connected && different(phone, board) === undefined);
  };
  const deadline = performance.now() + CONVERGE_MS;
  do await pause(LOOK_MS);
  while (!isAtRest() && performance.now() < deadline);
  const offline = crowd.phones.filter((phone) => !phone.connected).length;
  await crowd.leave();
  return offline === 0 ? [] : [`R11: ${String(offline)} phones did not come back`];
};

/** All that a checker needs, once everybody has left. */
export const evidenceOf = async (stage: Stage, { history, phones }: Crowd): Promise<Evidence> => {
  // The embedded store has one user.
  if (stage.redis === undefined) await stage.nodes[0]?.stop();
  return { told: history.told, commits: stage.commits(), stored: await stage.stored(), phones, now: Date.now() };
};

/** What is wrong in the end. */
export const judge = async (stage: Stage, crowd: Crowd): Promise<string[]> => [
  ...(await settle(stage, crowd)),
  ...check(await evidenceOf(stage, crowd)),
];
