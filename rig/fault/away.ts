/** R8: Redis is away: reading goes on, writing is answered, and it is said. N7: a node leaves under load. */
import { accepted, gathering } from '../deployment.ts';
import { freshId, snapshotOf, withId } from '../http.ts';
import { Phone } from '../phone.ts';
import { seeded } from '../random.ts';
import { eventually } from '../wait.ts';
import { Crowd } from './crowd.ts';
import { percentile, sound, timed, type Finding } from './finding.ts';
import { Stage } from './stage.ts';
import { judge } from './storm.ts';

const LONG_MS = 60_000;

/** @param how the wire to Redis is lost: refused at once, or silent */
export const redisAway = async (how: 'refused' | 'silent'): Promise<Finding[]> => {
  const stage = await Stage.overRedis();
  try {
    const { deployment, board, links } = stage;
    const host = await deployment.organiser(board, 'Hana');
    const id = freshId();
    accepted(await host.phone.insist(withId(gathering(id))));
    // Both nodes have the board: one that has not cannot show it now (N9).
    for (const url of stage.urls) await snapshotOf(url, board.slug);
    const away = (is: boolean): void => {
      for (const link of links) {
        if (how === 'refused') link.refuse = is;
        else link.up.swallow = link.down.swallow = is;
        if (how === 'refused' || !is) link.cut();
      }
    };
    const problems: string[] = [];
    away(true);
    const lostAt = performance.now();
    const asked = performance.now();
    const ack = await host.phone.command(withId({ type: 'takeSeat', gathering: id }), LONG_MS);
    const answered = performance.now() - asked;
    if (ack.ok || ack.code !== 'retry') problems.push(`R8: a command was answered ${JSON.stringify(ack)}`);
    await host.phone.until((phone) => !phone.live, LONG_MS);
    const marked = performance.now() - lostAt;
    const { snapshot } = await snapshotOf(deployment.url(1), board.slug);
    if (snapshot.gatherings.length !== 1) problems.push('R8: the snapshot is not whole');
    const watcher = await Phone.join({ url: deployment.url(0), board: board.slug });
    if (watcher.view(`card/${id}`) === undefined) problems.push('R8: a phone that comes now is shown nothing');
    await watcher.until((phone) => !phone.live, LONG_MS).catch(() => problems.push('R8: a phone that comes now is not told'));
    away(false);
    const backAt = performance.now();
    await host.phone.until((phone) => phone.live, LONG_MS);
    const healthy = performance.now() - backAt;
    accepted(await host.phone.insist(withId({ type: 'takeSeat', gathering: id })));
    await watcher.until((phone) => JSON.stringify(phone.view(`seats/${id}`)).includes('"taken":1'), LONG_MS);
    return [
      sound('R8', `Redis away (${how}): reading goes on, phones are told, all is well after`, 'as it should be', problems),
      timed('R8', `Redis away (${how}): a command is answered retry`, answered, 1000),
      timed('R8', `Redis away (${how}): marked not live`, marked, how === 'refused' ? 3500 : 5500),
      timed('R8', `Redis back (${how}): healthy`, healthy, 3000),
    ];
  } finally {
    await stage.stop();
  }
};

/** N7: what was acknowledged by a node that is leaving stands, and its phones come back spread out. */
export const nodeLeaves = async (seed: number, people = 60): Promise<Finding[]> => {
  const stage = await Stage.overRedis();
  try {
    const crowd = await Crowd.gather(stage, seeded(seed), people);
    crowd.start();
    await eventually('load', () => crowd.history.acknowledged > 100, LONG_MS);
    const [node] = stage.nodes;
    const told: number[] = [];
    for (const phone of crowd.phones) {
      phone
        .next('bye', LONG_MS)
        .then(({ code, comeBackAfterMs }) => code === 'leaving' && told.push(comeBackAfterMs ?? 0))
        .catch(() => undefined);
    }
    const ended = node?.ended();
    node?.signal('SIGTERM');
    const code = await ended;
    await node?.restart();
    const problems = await judge(stage, crowd);
    if (code !== 0) problems.push(`N7: the node ended with ${String(code)}`);
    if (new Set(told).size < told.length / 4) problems.push('N7: its phones were not spread');
    const spread = [0.1, 0.5, 0.9].map((share) => `${String(percentile(told, share))} ms`).join(', ');
    const counts = `${String(crowd.history.acknowledged)} acknowledged, ${String(told.length)} phones told to come back after (p10, p50, p90) ${spread}`;
    return [sound('N7', 'a node is asked to leave under load', counts, problems)];
  } finally {
    await stage.stop();
  }
};
