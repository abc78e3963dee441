/** R5, R6, R7: how phones that were cut off come back, at the pace at which the client's own back-off lets them. */
import type { CardView } from '@huddle/shared/gathering.ts';
import { backOff } from '../../client/src/live/back-off.ts';
import { accepted, gathering } from '../deployment.ts';
import { freshId, post, withId } from '../http.ts';
import { Phone } from '../phone.ts';
import { Proxy } from '../proxy.ts';
import { seeded, type Random } from '../random.ts';
import { eventually, pause } from '../wait.ts';
import { different } from './checker.ts';
import { boardAfter } from './commit-log.ts';
import { percentile, sound, timed, type Finding } from './finding.ts';
import { Stage } from './stage.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Comes back until told to leave, as the client does. */
const stayOn = async (phone: Phone, urls: readonly string[], random: Random, left: () => boolean): Promise<void> => {
  for (;;) {
    await phone.closed;
    if (left()) return;
    await pause(phone.bye?.comeBackAfterMs ?? backOff(1, random.next()));
    await phone.arrive(urls, 120_000, (failures) => backOff(failures + 1, random.next())).catch(() => undefined);
  }
};

/** How many phones do not show what the store holds; waits for them a while. */
const unequal = async (stage: Stage, phones: readonly Phone[]): Promise<string[]> => {
  const wrong = (): string[] => {
    const board = boardAfter(stage.commits());
    return phones.flatMap((phone) => (phone.connected ? different(phone, board) : 'R11: a phone did not come back') ?? []);
  };
  await eventually('all phones equal', () => wrong().length === 0, 30_000).catch(() => undefined);
  return wrong();
};

/** Changes one card again and again, as an organiser with a script does. */
const changing = async (stage: Stage) => {
  const { board, deployment } = stage;
  const id = freshId();
  const host = await deployment.organiser(board, 'Hana');
  accepted(await host.phone.insist(withId(gathering(id, { title: '0' }))));
  const change = async (number: number, node = 1): Promise<void> => {
    const command = withId({ type: 'editGathering', gathering: id, title: String(number) });
    accepted(await post(deployment.url(node), board.slug, command, { token: deployment.adminToken }));
  };
  const shown = (phone: Phone): number => Number(phone.view<CardView>(`card/${id}`)?.title ?? -1);
  return { change, shown };
};

/** R5: each phone is cut off every 15 s for 2 s, while the board changes once a second. Staleness: from acknowledged to shown. */
export const cutPhones = async (seed: number, phones = 100, changes = 120): Promise<Finding[]> => {
  const random = seeded(seed);
  const stage = await Stage.overRedis();
  const wires = await Promise.all(Array.from({ length: phones }, (_, index) => Proxy.before(stage.nodes[index % 2]?.port ?? 0)));
  let over = false;
  try {
    const { change, shown } = await changing(stage);
    const crowd = await Promise.all(wires.map((wire) => Phone.join({ url: wire.url, board: stage.board.slug, capture: false })));
    const acknowledged: number[] = [];
    const staleness: number[] = [];
    for (const phone of crowd) {
      let seen = 0;
      // After each frame is merged: the phone shows it from here on.
      phone.onMerged = () => {
        for (const now = shown(phone); seen < now;) {
          seen += 1;
          staleness.push(Math.max(0, performance.now() - (acknowledged[seen] ?? performance.now())));
        }
      };
      void stayOn(phone, [phone.url], random, () => over);
    }
    const cutting = wires.map(async (wire) => {
      await pause(random.int(15_000));
      while (!over) {
        wire.refuse = true;
        wire.cut();
        await pause(2000);
        wire.refuse = false;
        await pause(13_000);
      }
    });
    for (let number = 1; number <= changes; number += 1) {
      await change(number);
      acknowledged[number] = performance.now();
      await pause(1000);
    }
    over = true;
    await Promise.all(cutting);
    for (const wire of wires) wire.refuse = false;
    over = false;
    const wrong = await unequal(stage, crowd);
    over = true;
    for (const phone of crowd) phone.drop();
    const [half, most, longest] = [0.5, 0.99, 1].map((share) => percentile(staleness, share));
    const counts = `${String(phones)} phones, ${String(changes)} changes, ${String(staleness.length)} sightings`;
    return [
      sound('R5', 'phones cut every 15 s for 2 s are equal to the store at the end', counts, wrong),
      timed('R5', `staleness p99 (p50 ${seconds(half ?? NaN)}, max ${seconds(longest ?? NaN)}; best published 4.58 s)`, most ?? NaN, 3500),
    ];
  } finally {
    over = true;
    await Promise.all(wires.map((wire) => wire.close()));
    await stage.stop();
  }
};

/** R6: a node is killed under so many phones; how long until each is back on the other one and equal. */
export const nodeKilled = async (seed: number, phones = 1000): Promise<Finding[]> => {
  const random = seeded(seed);
  const stage = await Stage.overRedis();
  let over = false;
  try {
    const { change, shown } = await changing(stage);
    const [first, second] = stage.nodes.map(({ url }) => url) as [string, string];
    const crowd = Array.from({ length: phones }, () => new Phone({ url: first, board: stage.board.slug, capture: false }));
    await Promise.all(crowd.map((phone) => phone.arrive([first], 120_000)));
    const back: number[] = [];
    const began = performance.now();
    await stage.nodes[0]?.kill();
    for (const phone of crowd) {
      phone.onMerged = () => {
        if (shown(phone) !== 1 || !phone.connected) return;
        phone.onMerged = undefined;
        back.push(performance.now() - began);
      };
      void stayOn(phone, [second], random, () => over);
    }
    await change(1);
    await eventually('all phones back', () => back.length === phones, 60_000).catch(() => undefined);
    const wrong = await unequal(stage, crowd);
    over = true;
    for (const phone of crowd) phone.drop();
    const counts = `${String(back.length)} of ${String(phones)} back`;
    return [
      sound('R6', 'a node killed under its phones, a second one standing', counts, wrong),
      timed(
        'R6',
        `back and equal p95 (p50 ${seconds(percentile(back, 0.5))}, last ${seconds(percentile(back, 1))}; best published 5.99 s)`,
        percentile(back, 0.95),
        4000,
      ),
    ];
  } finally {
    over = true;
    await stage.stop();
  }
};

/** R7: away while so many commits happen; then one question, and what is shown is current. */
export const longAway = async (missed: readonly number[] = [1, 30, 500, 1990, 2200]): Promise<Finding[]> => {
  const stage = await Stage.overRedis();
  try {
    const { change, shown } = await changing(stage);
    const findings: Finding[] = [];
    let number = 0;
    for (const commits of missed) {
      const phone = await Phone.join({ url: stage.deployment.url(0), board: stage.board.slug, capture: false });
      phone.drop();
      await phone.closed;
      for (let turn = 0; turn < commits; turn += 1) await change((number += 1));
      await phone.connect();
      const answer = await phone.resume();
      // What the answer itself brought; nothing is waited for.
      const current = shown(phone) === number;
      findings.push(
        sound(
          'R7',
          `away for ${String(commits)} commits`,
          'change' in answer ? 'current after one answer' : 'started over from the snapshot, and current',
          [...(current ? [] : [`it shows ${String(shown(phone))} of ${String(number)}`]), ...(await unequal(stage, [phone]))],
        ),
      );
      phone.drop();
    }
    return findings;
  } finally {
    await stage.stop();
  }
};
