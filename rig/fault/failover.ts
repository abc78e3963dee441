/** R4 and S2: a primary that is killed before its replica has everything, and a Redis that is emptied. */
import { startRedisPair } from '../redis.ts';
import { Proxy } from '../proxy.ts';
import { seeded } from '../random.ts';
import { eventually, pause } from '../wait.ts';
import { check, different } from './checker.ts';
import { boardAfter } from './commit-log.ts';
import { Crowd } from './crowd.ts';
import { sound, type Finding } from './finding.ts';
import { NEVER_REWRITTEN, Stage } from './stage.ts';
import { evidenceOf, settle } from './storm.ts';
import type { LoggedCommit } from './commit-log.ts';
import type { Told } from './history.ts';

const LONG_MS = 60_000;

/** How often the nodes have noticed that the store lost what they had seen. */
const forks = async (stage: Stage): Promise<number> => {
  const counts = await Promise.all(
    stage.nodes.map(async ({ url }) => Number(/^huddle_forks_total (\d+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? NaN)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
};

/** What was acknowledged and is not so, or not any more. */
const lost = (told: readonly Told[], commits: readonly LoggedCommit[]): Set<Told> => {
  const revs = new Map(commits.flatMap(({ rev, receipts }) => receipts.map(({ key }) => [key, rev] as const)));
  return new Set(
    told.filter(({ by, command, attempts }) => attempts.some(({ ack }) => ack?.ok === true && ack.rev !== revs.get(`${by}:${command.id}`))),
  );
};

/** @param replicas 1: each commit waits for the replica, and nothing may be lost */
export const failover = async (seed: number, replicas: 0 | 1): Promise<Finding> => {
  const random = seeded(seed);
  const pair = await startRedisPair(NEVER_REWRITTEN);
  const feed = await Proxy.before(pair.primary.port);
  // From here on the replica follows through a wire that can fall silent.
  await pair.replica.command('REPLICAOF', '127.0.0.1', String(feed.port));
  await eventually(
    'the replica follows',
    async () => String(await pair.replica.command('INFO', 'replication')).includes('master_link_status:up'),
    LONG_MS,
  );
  const stage = await Stage.overPair(pair, replicas);
  try {
    const crowd = await Crowd.gather(stage, random, 30);
    crowd.start();
    await eventually('commands', () => crowd.history.acknowledged > 100, LONG_MS);
    feed.down.swallow = true;
    if (replicas === 0) {
      const before = crowd.history.acknowledged;
      await eventually('commands that the replica does not hear of', () => crowd.history.acknowledged > before + 50, LONG_MS);
    } else await pause(1500);
    await pair.primary.kill();
    await pair.promote();
    // Whoever asks for a replica needs one again: the old primary becomes it, and throws away what nobody else has.
    if (replicas === 1) await pair.primary.start({ replicaof: `127.0.0.1 ${String(pair.replica.port)}` });
    const before = crowd.history.acknowledged;
    await eventually('commands on the promoted replica', () => crowd.history.acknowledged > before + 100, LONG_MS);
    const offline = await settle(stage, crowd);
    const noticed = await forks(stage).catch(() => NaN);
    const evidence = await evidenceOf(stage, crowd);
    const missing = lost(evidence.told, evidence.commits);
    const problems = [
      ...offline,
      // Without waiting for the replica acknowledgements may be lost; everything else must hold all the same.
      ...check(replicas === 0 ? { ...evidence, told: evidence.told.filter((told) => !missing.has(told)) } : evidence),
      ...(missing.size > 0 && !(noticed > 0) ? ['S2: acknowledgements were lost, and no node is known to have noticed'] : []),
      ...(replicas === 0 && missing.size === 0 ? ['R4: nothing was lost, so that nothing could be noticed'] : []),
    ];
    const counts = `${String(crowd.history.acknowledged)} acknowledged, ${String(missing.size)} of them lost, ${String(noticed)} forks noticed, all agree`;
    return sound('R4', `primary killed, replica promoted, HUDDLE_REPLICAS=${String(replicas)}`, counts, problems);
  } finally {
    await stage.stop();
    await feed.close();
    await pair.stop();
  }
};

/** S2: everything is gone. Nodes and phones must not go on with what they remember. */
export const flushed = async (seed: number): Promise<Finding> => {
  const stage = await Stage.overRedis();
  try {
    const crowd = await Crowd.gather(stage, seeded(seed), 20);
    crowd.start();
    await eventually('commands', () => crowd.history.acknowledged > 100, LONG_MS);
    await crowd.rest();
    await stage.redis?.command('FLUSHALL');
    const { slug } = stage.board;
    await eventually(
      'no node serves the board any more',
      async () => {
        const answers = await Promise.all(stage.nodes.map(({ url }) => fetch(`${url}/api/boards/${slug}`)));
        return answers.every(({ status }) => status === 404);
      },
      LONG_MS,
    );
    await stage.deployment.boardAt(slug);
    const problem = (): string | undefined => {
      const board = boardAfter(stage.commits());
      if (crowd.phones.some((phone) => !phone.connected)) return 'R11: a phone does not come back';
      return crowd.phones.map((phone) => different(phone, board)).find((found) => found !== undefined);
    };
    await eventually('every phone shows the new board', () => problem() === undefined, LONG_MS).catch(() => undefined);
    const found = problem();
    await crowd.leave();
    return sound(
      'S2',
      'Redis emptied under a running board, which is then made anew',
      `${String(crowd.phones.length)} phones, ${String(await forks(stage))} forks noticed`,
      found === undefined ? [] : [found],
    );
  } finally {
    await stage.stop();
  }
};
