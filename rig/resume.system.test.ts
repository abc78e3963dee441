/** Phones that miss something: cut off anywhere, back on either node, and right again. */
import type { SeatsView } from '@huddle/shared/gathering.ts';
import type { Change, CommandInput, Cursor } from '@huddle/shared/protocol.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, gathering, type Attendee, type TestBoard } from './deployment.ts';
import { freshId, withId } from './http.ts';
import { Phone } from './phone.ts';
import { Proxy } from './proxy.ts';
import { seeded, seedOfThisRun, type Random } from './random.ts';
import { settled } from './sameness.ts';

let deployment: Deployment;
let board: TestBoard;
let host: Attendee;
let organiser: Attendee;

beforeAll(async () => {
  deployment = await Deployment.overRedis(2);
  board = await deployment.board();
  organiser = await deployment.organiser(board);
  host = await deployment.attendee(board, 'Hana', 1);
});
afterAll(() => deployment.stop());

const post = async (fields: Parameters<typeof gathering>[1] = {}): Promise<string> => {
  const id = freshId();
  accepted(await organiser.phone.insist(withId(gathering(id, fields))));
  return id;
};

/** Somebody with the same session, who has just opened the page. */
const fresh = (attendee: Attendee, node: number): Promise<Phone> =>
  Phone.join({ url: deployment.url(node), board: board.slug, session: attendee.session });

/** Something that changes the board, in all the ways in which a view can come, change and go. */
const anything = (random: Random, ids: readonly string[]): CommandInput => {
  const id = random.pick(ids);
  return random.pick<CommandInput>([
    { type: 'takeSeat', gathering: id },
    { type: 'giveBackSeat', gathering: id },
    { type: 'editGathering', gathering: id, title: `Table ${random.int(100)}`, capacity: 1 + random.int(3) },
    { type: 'hideGathering', gathering: id, hidden: random.chance(0.5) },
    { type: 'closeDoor', gathering: id, closed: random.chance(0.5) },
    { type: 'sendNotice', gathering: id, to: 'concerned', text: `Line ${random.int(100)}` },
    { type: 'setName', name: `Name ${random.int(100)}` },
    { type: 'announce', text: `To all ${random.int(100)}` },
  ]);
};

test('R7: a phone cut at any byte and resumed on either node equals the store', async () => {
  const random = seeded(seedOfThisRun('phones cut anywhere'));
  const proxies = await Promise.all(deployment.nodes.map((node) => Proxy.before(node.port)));
  const ids = await Promise.all(Array.from({ length: 6 }, () => post({ capacity: 2 })));
  const cut = await deployment.attendee(board, 'Cut');
  for (let round = 0; round < 40; round += 1) {
    const proxy = random.pick(proxies);
    proxy.down.cutAfter = 700 + random.int(6000);
    await cut.phone
      .connect(proxy.url)
      .then(() => cut.phone.resume())
      .catch(() => undefined);
    await Promise.all([
      ...Array.from({ length: 4 }, () => random.pick([organiser, host]).phone.insist(withId(anything(random, ids)))),
      // The outcome of what the cut phone wants is not known to it; only what it shows at the end counts.
      cut.phone
        .command(withId({ type: random.chance(0.6) ? 'takeSeat' : 'giveBackSeat', gathering: random.pick(ids) }))
        .catch(() => undefined),
    ]);
    if (random.chance(0.5)) cut.phone.drop();
    await (cut.phone.connected ? Promise.resolve() : cut.phone.closed);
  }
  for (const proxy of proxies) proxy.down.cutAfter = undefined;
  cut.phone.drop();
  await cut.phone.closed;
  await cut.phone.connect(deployment.url(random.int(2)));
  await cut.phone.resume();
  for (const node of [0, 1]) {
    const [mine, theirs] = await settled(cut.phone, await fresh(cut, node));
    expect(mine).toEqual(theirs);
  }
  expect(cut.phone.frames.length).toBeGreaterThan(40);
  await Promise.all(proxies.map((proxy) => proxy.close()));
});

test('N6: what went away and came back meanwhile is sent whole, what went away stays away', async () => {
  const [back, gone, same] = await Promise.all([post({ title: 'Goes and comes' }), post({ title: 'Goes' }), post({ capacity: 4 })]);
  const away = await deployment.attendee(board, 'Away');
  accepted(await away.phone.command(withId({ type: 'takeSeat', gathering: same })));
  await away.phone.until((phone) => phone.view<SeatsView>(`seats/${same}`)?.taken === 1 && phone.view(`card/${gone}`) !== undefined);
  away.phone.drop();
  await away.phone.closed;

  for (const hidden of [true, false]) accepted(await organiser.phone.insist(withId({ type: 'hideGathering', gathering: back, hidden })));
  accepted(await organiser.phone.insist(withId({ type: 'hideGathering', gathering: gone, hidden: true })));
  for (const type of ['takeSeat', 'giveBackSeat'] as const) accepted(await host.phone.insist(withId({ type, gathering: same })));

  await away.phone.connect(deployment.url(1));
  const answer = await away.phone.resume();
  expect('change' in answer && answer.change.put.map((view) => view.id)).toEqual(expect.arrayContaining([`card/${back}`, `seats/${same}`]));
  expect('change' in answer && answer.change.gone).toEqual(expect.arrayContaining([`card/${gone}`, `seats/${gone}`]));
  const [mine, theirs] = await settled(away.phone, await fresh(away, 0));
  expect(mine).toEqual(theirs);
  expect(away.phone.startedOver).toBe(1);
});

const strange: readonly (readonly [string, (cursor: Cursor) => Cursor])[] = [
  ['of another history', (cursor) => `${Number.parseInt(cursor)}.forked`],
  ['ahead of the store', () => '99999999.ahead'],
  ['before everything', () => '1.longago'],
];

test.each(strange)('N6, S2: with a cursor %s a phone starts over, and the snapshot replaces what it had', async (_, cursorFrom) => {
  const phone = await Phone.join({ url: deployment.url(0), board: board.slug });
  phone.views.set('public', new Map([...phone.audience('public'), ['card/ghost', { id: 'card/ghost' } as never]]));
  phone.drop();
  await phone.closed;
  await phone.connect();
  expect(await phone.resume(cursorFrom(phone.cursor!))).toEqual({ startOver: true });
  expect(phone.view('card/ghost')).toBeUndefined();
  const [mine, theirs] = await settled(phone, await Phone.join({ url: deployment.url(1), board: board.slug }));
  expect(mine).toEqual(theirs);
});

test('N4: of one tick, what is mine comes before what is public, so that one cursor covers both', async () => {
  const id = await post({ capacity: 9 });
  const guest = await deployment.attendee(board, 'Gus', 1);
  await guest.phone.open(`gathering/${id}`);
  await guest.phone.until((phone) => phone.view(`card/${id}`) !== undefined);
  const seen: Change[] = [];
  guest.phone.onChange = (change) => seen.push(change);
  const { rev } = accepted(await guest.phone.command(withId({ type: 'takeSeat', gathering: id })));
  await guest.phone.until((phone) => Number(phone.cursor?.split('.')[0]) >= rev);
  const covered = seen.findIndex((change) => change.audience === 'public' && Number(change.cursor?.split('.')[0]) >= rev);
  const order = seen.slice(0, covered + 1).map((change) => change.audience);
  expect(order).toContain(`person/${guest.id}`);
  expect(order).toContain(`gathering/${id}`);
  expect(order.at(-1)).toBe('public');
  expect(guest.phone.view(`my-rsvp/${id}`)).toMatchObject({ status: 'going' });
});

test('N3: no change comes before resume has been answered', async () => {
  const id = await post();
  const phone = new Phone({ url: deployment.url(0), board: board.slug });
  const seen: Change[] = [];
  phone.onChange = (change) => seen.push(change);
  await phone.connect();
  const { rev } = accepted(await organiser.phone.insist(withId({ type: 'closeDoor', gathering: id, closed: true })));
  await organiser.phone.until((other) => Number(other.cursor?.split('.')[0]) >= rev);
  expect(seen).toEqual([]);
  await phone.resume();
  await phone.until((other) => other.view(`card/${id}`) !== undefined);
});
