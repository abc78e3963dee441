/** When a node hangs up: on leaving (N7), under a rush (N8), on slow readers (N5), and on those it cannot serve. */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, HOUR, type TestBoard } from './deployment.ts';
import { withId } from './http.ts';
import { Phone } from './phone.ts';
import { settled } from './sameness.ts';

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.overRedis(2);
  board = await deployment.board();
});
afterAll(() => deployment.stop());

const watch = (node: number, capture = true): Promise<Phone> => Phone.join({ url: deployment.url(node), board: board.slug, capture });

test('B9: a page that is too old, and a board that does not exist, are told so', async () => {
  const old = new Phone({ url: deployment.url(), board: board.slug, version: 0 });
  await expect(old.connect()).rejects.toThrow('bye: upgrade');
  const lost = new Phone({ url: deployment.url(), board: 'no-such-board' });
  await expect(lost.connect()).rejects.toThrow('bye: noBoard');
});

test('N8: in a rush the surplus is told when to come back, and gets in then', async () => {
  const phones = Array.from({ length: 2000 }, () => new Phone({ url: deployment.url(), board: board.slug, capture: false }));
  const turnedAway = await Promise.all(phones.map((phone) => phone.arrive(undefined, 40_000)));
  expect(turnedAway.filter((times) => times > 0).length).toBeGreaterThan(0);
  expect(phones.every((phone) => phone.connected)).toBe(true);
  for (const phone of phones) phone.drop();
});

/** A list as an organiser's file brings it: every card changes, so that each frame is large. */
const list = (version: number): CommandInput => ({
  type: 'importGatherings',
  gatherings: Array.from({ length: 200 }, (_, index) => ({
    line: index + 1,
    gathering: `imported${String(index).padStart(4, '0')}`,
    key: `entry-${index}`,
    title: `${version} `.padEnd(110, '席'),
    tags: Array.from({ length: 12 }, (__, tag) => `${tag} `.padEnd(36, '桌')),
    start: start + index,
    end: start + HOUR,
  })),
});
const start = Date.now() + HOUR;

test('N5: who does not read gets no more until then, one catch-up after, and keeps nobody else waiting', async () => {
  const [slow, quick, elsewhere] = await Promise.all([watch(0, false), watch(0, false), watch(1, false)]);
  const received: number[] = [];
  slow.onChange = (change) => received.push(change.put.length);
  slow.stopReading();
  for (let version = 1; version <= 30; version += 1) {
    const { rev } = await deployment.admin(board.slug, list(version));
    for (const phone of [quick, elsewhere]) await phone.until((other) => Number(other.cursor?.split('.')[0]) >= rev, 3000);
  }
  slow.readAgain();
  const [mine, theirs] = await settled(slow, quick, 20_000);
  expect(mine).toEqual(theirs);
  expect(slow.connected).toBe(true);
  // 30 lists were imported; what did not fit into the connection was never sent.
  expect(received.filter((views) => views >= 200).length).toBeLessThan(30);
});

test('N7: a node that is asked to leave says bye, spread, finishes what is under way and is gone', async () => {
  const host = await deployment.attendee(board, 'Hana', 1);
  const phones = await Promise.all(Array.from({ length: 20 }, () => watch(1)));
  const node = deployment.nodes[1]!;
  const commands = Array.from({ length: 10 }, (_, turn) => withId({ type: 'setName', name: `Hana ${turn}` }));
  const asked = Promise.allSettled(commands.map((command) => host.phone.command(command)));
  const ended = node.ended();
  node.signal('SIGTERM');
  await Promise.all(phones.map((phone) => phone.closed));
  expect(await ended).toBe(0);
  for (const phone of phones) expect(phone.bye?.code).toBe('leaving');
  const delays = new Set(phones.map((phone) => phone.bye?.comeBackAfterMs));
  expect(delays.size).toBeGreaterThan(5);

  await host.phone.connect(deployment.url(0));
  await host.phone.resume();
  for (const [turn, outcome] of (await asked).entries()) {
    const again = await host.phone.insist(commands[turn]!);
    accepted(again);
    if (outcome.status === 'fulfilled') expect(again).toEqual(outcome.value);
  }
});
