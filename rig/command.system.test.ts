/** Commands over real sockets: two nodes over one Redis, and one node with its own store. */
import type { SeatsView as Seats } from '@huddle/shared/gathering.ts';
import type { Refusal, SentCommand } from '@huddle/shared/protocol.ts';
import type { MyRsvpView as MyRsvp } from '@huddle/shared/rsvp.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accepted, Deployment, gathering, type Attendee, type TestBoard } from './deployment.ts';
import { freshId, post, withId } from './http.ts';
import { Phone } from './phone.ts';

/** Posted on the first node by somebody of their own. */
const posted = async (deployment: Deployment, board: TestBoard, fields: Parameters<typeof gathering>[1] = {}) => {
  const host = await deployment.attendee(board, 'Hana');
  const id = freshId();
  accepted(await host.phone.command(withId(gathering(id, fields))));
  return { host, id };
};

describe('two nodes over one Redis', () => {
  let deployment: Deployment;
  let board: TestBoard;

  beforeAll(async () => {
    deployment = await Deployment.overRedis(2);
    board = await deployment.board();
  });
  afterAll(() => deployment.stop());

  test('N2: what is posted on one node is seen by the phones of both, watchers too', async () => {
    const watchers = await Promise.all([0, 1].map((node) => Phone.join({ url: deployment.url(node), board: board.slug })));
    const { id } = await posted(deployment, board, { title: '深水埗 side table', capacity: 3 });
    for (const watcher of watchers) {
      await watcher.until((phone) => phone.view(`seats/${id}`) !== undefined);
      expect(watcher.view(`card/${id}`)).toMatchObject({ title: '深水埗 side table', capacity: 3, hosts: ['Hana'] });
    }
  });

  test('B3: the last seat contested on both nodes: one is in, one is first on the waitlist, and follows at once', async () => {
    const { host, id } = await posted(deployment, board, { capacity: 1 });
    const guests = await Promise.all(['Ada', 'Bo'].map((name, node) => deployment.attendee(board, name, node)));
    const acks = await Promise.all(guests.map(({ phone }) => phone.command(withId({ type: 'takeSeat', gathering: id }))));
    const results = acks.map((ack) => accepted(ack).result);
    expect(results).toContainEqual({ status: 'going' });
    expect(results).toContainEqual({ status: 'waitlisted', position: 1 });

    const waiting = guests[acks.findIndex((ack) => ack.ok && (ack.result as { status: string }).status === 'waitlisted')] as Attendee;
    const going = guests.find((guest) => guest !== waiting) as Attendee;
    await waiting.phone.until((phone) => phone.audience(`person/${waiting.id}`).has(`my-rsvp/${id}`));
    accepted(await going.phone.command(withId({ type: 'giveBackSeat', gathering: id })));
    await waiting.phone.until((phone) => phone.view<MyRsvp>(`my-rsvp/${id}`)?.status === 'going');
    await host.phone.until((phone) => phone.view<Seats>(`seats/${id}`)?.waiting === undefined);
    expect(host.phone.view(`seats/${id}`)).toEqual({ id: `seats/${id}`, taken: 1 });
  });

  test('R3: one id sent twenty times over both nodes and across a restart has one effect, and its result each time', async () => {
    const { id } = await posted(deployment, board, { capacity: 5 });
    const guest = await deployment.attendee(board, 'Cleo');
    const elsewhere = await Phone.join({ url: deployment.url(1), board: board.slug, session: guest.session });
    const command: SentCommand = withId({ type: 'takeSeat', gathering: id });
    const turns = Array.from({ length: 10 }, (_, turn) => (turn % 2 === 0 ? guest.phone : elsewhere));
    const acks = await Promise.all(turns.map((phone) => phone.insist(command)));
    await deployment.nodes[1]?.kill();
    await deployment.nodes[1]?.restart();
    await elsewhere.connect();
    await elsewhere.resume();
    for (const phone of turns) acks.push(await phone.insist(command));

    expect(new Set(acks.map((ack) => JSON.stringify(ack)))).toEqual(new Set([JSON.stringify(acks[0])]));
    expect(acks[0]).toMatchObject({ ok: true, result: { status: 'going' } });
    await elsewhere.until((phone) => phone.view<Seats>(`seats/${id}`)?.taken === 1);

    const other = { ...command, party: 2 };
    expect(await elsewhere.insist(other)).toMatchObject({ ok: false, code: 'idReused' });
    expect(await post(deployment.url(0), board.slug, other, guest.session)).toMatchObject({ ok: false, code: 'idReused' });
    expect(await post(deployment.url(0), board.slug, command, guest.session)).toEqual(acks[0]);
  });

  test("R3: another person's command under the same id is theirs alone", async () => {
    const { id } = await posted(deployment, board, { capacity: 5 });
    const [one, two] = await Promise.all(['Dee', 'Eli'].map((name, node) => deployment.attendee(board, name, node)));
    const command = withId({ type: 'takeSeat', gathering: id });
    accepted((await one?.phone.command(command))!);
    accepted((await two?.phone.command(command))!);
    await one?.phone.until((phone) => phone.view<Seats>(`seats/${id}`)?.taken === 2);
  });

  test('a command that does not parse is answered with the field, and the connection lives', async () => {
    const { phone } = await deployment.attendee(board, 'Fay');
    const wrong: readonly [string, unknown, object][] = [
      ['unknown command', { id: freshId(), type: 'takeEverything' }, { field: 'type' }],
      ['unknown key', { ...withId({ type: 'setName', name: 'Fay' }), admin: true }, { field: 'admin' }],
      ['wrong type', { id: freshId(), type: 'setName', name: 7 }, { field: 'name' }],
      ['missing field', { id: freshId(), type: 'setName' }, { field: 'name' }],
      ['bad id', { id: '../..', type: 'setName', name: 'Fay' }, { field: 'id' }],
      ['no object', 'setName', {}],
      ['nothing', null, {}],
      ['10 KB', { id: freshId(), type: 'setName', name: 'x'.repeat(10_240) }, {}],
    ];
    for (const [what, command, more] of wrong) {
      const answer = (await phone.ask('command', command)) as Refusal;
      expect(answer, what).toMatchObject({ ok: false, ...more });
      expect(answer.code, what).toMatch(/^(invalid|tooLarge)$/);
    }
    expect(await phone.ask('open', { audience: 7 })).toMatchObject({ ok: false });
    expect(phone.connected).toBe(true);
    accepted(await phone.insist(withId({ type: 'setName', name: 'Fay still' })));
  });

  test('a watcher without a session cannot write, and learns why', async () => {
    const watcher = await Phone.join({ url: deployment.url(0), board: board.slug });
    expect(await watcher.command(withId({ type: 'setName', name: 'Nobody' }))).toMatchObject({ ok: false, code: 'sessionNeeded' });
  });
});

describe('one node with its own store', () => {
  test('R3, N2: a command takes effect once, is seen by others, and outlives kill -9', async () => {
    const deployment = await Deployment.embedded();
    try {
      const board = await deployment.board();
      const { host, id } = await posted(deployment, board, { capacity: 2 });
      const watcher = await Phone.join({ url: deployment.url(), board: board.slug });
      const command = withId({ type: 'takeSeat', gathering: id, party: 1 });
      const first = accepted(await host.phone.command(command));
      await watcher.until((phone) => phone.view<Seats>(`seats/${id}`)?.taken === 1);
      await deployment.nodes[0]?.kill();
      await deployment.nodes[0]?.restart();
      await host.phone.connect();
      await host.phone.resume();
      expect(await host.phone.insist(command)).toEqual(first);
      await watcher.connect();
      await watcher.resume();
      expect(watcher.view(`seats/${id}`)).toEqual({ id: `seats/${id}`, taken: 1 });
    } finally {
      await deployment.stop();
    }
  });
});
