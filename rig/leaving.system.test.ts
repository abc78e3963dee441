/** When a node hangs up: on leaving (N7), under a rush (N8), on slow readers (N5), and on those it cannot serve. */
import type { View } from '@huddle/shared/protocol.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, HOUR, type TestBoard } from './deployment.ts';
import { importCsv, withId } from './http.ts';
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

test('N8: in a rush everybody gets in, at once or when told to come back', async () => {
  const phones = Array.from({ length: 1000 }, () => new Phone({ url: deployment.url(), board: board.slug, capture: false }));
  await Promise.all(phones.map((phone) => phone.arrive(undefined, 40_000)));
  expect(phones.every((phone) => phone.connected)).toBe(true);
  for (const phone of phones) phone.drop();
});

/** A list as an organiser's file brings it: every card changes, and is as long as a card may be, so that each frame is large. */
const list = (version: number): string => {
  const start = new Date(Date.now() + 24 * HOUR).toISOString().slice(0, 10);
  const tags = Array.from({ length: 12 }, (_, tag) => `${tag} `.padEnd(36, '桌')).join(', ');
  const rows = Array.from(
    { length: 200 },
    (_, index) => `entry-${index},${`${version} `.padEnd(110, '席')},${start}T10:00:00,${start}T11:00:00,"${tags}"`,
  );
  return ['key,title,start,end,tags', ...rows].join('\n');
};

/** How many connections the node has found to read too slowly. */
const lagged = async (): Promise<number> =>
  Number(/^huddle_sockets_lagged_total (\d+)/m.exec(await (await fetch(`${deployment.url(0)}/metrics`)).text())?.[1]);

test('N5: who does not read gets no more until then, one catch-up after, and keeps nobody else waiting', async () => {
  const [slow, quick, elsewhere] = await Promise.all([watch(0, false), watch(0, false), watch(1, false)]);
  const versionOf = (view: View): number => ('title' in view ? Number.parseInt(view.title) : NaN);
  const received: number[] = [];
  slow.onChange = ({ put }) => received.push(...put.slice(0, 1).map(versionOf));
  slow.stopReading();
  let version = 0;
  const importNext = async (): Promise<void> => {
    version += 1;
    await importCsv(deployment.url(), board.slug, list(version), { token: deployment.adminToken });
    for (const phone of [quick, elsewhere]) {
      await phone.until((other) => [...other.audience('public').values()].filter((view) => versionOf(view) === version).length === 200);
    }
  };
  // First the buffers of the connection fill up, however large this system makes them.
  while ((await lagged()) === 0 && version < 60) await importNext();
  for (let more = 0; more < 4; more += 1) await importNext();
  expect(slow.changes).toBe(0);
  slow.readAgain();
  const [mine, theirs] = await settled(slow, quick, 20_000);
  expect(mine).toEqual(theirs);
  expect(slow.connected).toBe(true);
  // What came while it did not read was never sent: of the last lists only the very last came, once.
  expect(received.at(-1)).toBe(version);
  expect(received).not.toContain(version - 1);
  expect(received.filter((each) => each === version)).toHaveLength(1);
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
