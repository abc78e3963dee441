import type { Ack } from '@huddle/shared/protocol.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { key, person, post } from '../board/scene.ts';
import { StoreAway } from '../store/store.ts';
import { issueDue } from './due.ts';
import { Rehearsal } from './rehearsal.ts';
import type { NodeBoard } from './served-board.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.open();
});
afterEach(() => stage.close());

const now = Date.now();
const tea = { ...post('tea', { capacity: 3 }), start: now, end: now + 3_600_000 };
const takeTea = { type: 'takeSeat', gathering: key('tea') } as const;
const people = Array.from({ length: 12 }, (_, index) => person(`p${String(index)}x`));

/** A tea party of three seats, and a dozen people with names. */
const withTea = async (node: NodeBoard): Promise<void> => {
  await Promise.all(people.map((actor) => stage.tell(node, actor, { type: 'setName', name: actor.id })));
  await stage.tell(node, person('p0x'), tea);
};

const going = (node: NodeBoard): number => node.replica.board.seats(key('tea')).taken;
const isOk = (ack: Ack): boolean => ack.ok;

describe('the writer', () => {
  it('N1: decides what waits in one commit, and each gets the answer of its turn', async () => {
    const node = await stage.node();
    await withTea(node);
    const { rev } = node.replica.head;
    const acks = await Promise.all(people.map((actor) => stage.tell(node, actor, takeTea)));
    expect(node.replica.head.rev).toBe(rev + 1);
    expect(acks.map((ack) => ack.ok && ack.result)).toEqual([
      ...Array.from({ length: 3 }, () => ({ status: 'going' })),
      ...Array.from({ length: 9 }, (_, index) => ({ status: 'waitlisted', position: index + 1 })),
    ]);
    expect(acks.every((ack) => ack.ok && ack.rev === rev + 1)).toBe(true);
  });

  it('N1, R1: two nodes that write at once overbook nothing', async () => {
    const [one, two] = [await stage.node(), await stage.node()];
    await withTea(one);
    const acks = await Promise.all(people.map((actor, index) => stage.tell(index % 2 ? one : two, actor, takeTea)));
    expect(acks.every(isOk)).toBe(true);
    await Promise.all([one.replica.catchUp(), two.replica.catchUp()]);
    expect([going(one), going(two)]).toEqual([3, 3]);
    expect(one.replica.head).toEqual(two.replica.head);
  });

  it('N1: uncommitted state is never seen', async () => {
    let seen = -1;
    const node: NodeBoard = await stage.node({
      commit: (real) => {
        seen = node.replica.board.seats(key('tea')).taken;
        return real();
      },
    });
    await withTea(node);
    await stage.tell(node, person('p1x'), takeTea);
    expect(seen).toBe(0);
    expect(going(node)).toBe(1);
  });

  it('B7: the same id again has no further effect, and gets the same answer – at once, later, and from another node', async () => {
    const [one, two] = [await stage.node(), await stage.node()];
    await withTea(one);
    const again = (node: NodeBoard) => stage.tell(node, person('p1x'), { type: 'giveBackSeat', gathering: key('tea') }, 'give-back-1');
    await stage.tell(one, person('p1x'), takeTea, 'take-seat-1');
    await again(one);
    const first = await stage.tell(one, person('p1x'), takeTea, 'take-seat-2');
    const acks = await Promise.all([again(one), again(one), again(two), stage.tell(two, person('p1x'), takeTea, 'take-seat-2')]);
    expect(acks.every(isOk)).toBe(true);
    expect(acks[3]).toEqual(first);
    expect(going(one)).toBe(1);
  });

  it('B7: a command refused only because it has already taken effect gets its result again', async () => {
    const node = await stage.node();
    await withTea(node);
    const mine = { ...tea, gathering: key('mine') };
    const first = await stage.tell(node, person('p1x'), mine, 'post-mine-1');
    expect(await stage.tell(node, person('p1x'), mine, 'post-mine-1')).toEqual(first);
    expect(await stage.tell(node, person('p1x'), mine, 'post-mine-2')).toMatchObject({ ok: false, code: 'idTaken' });
  });

  it('B7, R3: the same id with another body is idReused, in flight and after', async () => {
    const node = await stage.node();
    await withTea(node);
    const rename = (name: string) => stage.tell(node, person('p1x'), { type: 'setName', name }, 'rename-1234');
    const acks = await Promise.all([rename('One'), rename('Two')]);
    expect(acks).toMatchObject([{ ok: true }, { ok: false, code: 'idReused' }]);
    expect(await rename('Three')).toMatchObject({ ok: false, code: 'idReused' });
    expect(node.replica.board.person(person('p1x').id)?.name).toBe('One');
  });

  it('B7: another person may use the same id', async () => {
    const node = await stage.node();
    await withTea(node);
    const [one, two] = [person('p1x'), person('p2x')].map((actor) => stage.tell(node, actor, takeTea, 'take-seat-0'));
    expect([await one, await two].every((ack) => ack?.ok)).toBe(true);
    expect(going(node)).toBe(2);
  });

  it('S6: a commit without an answer is answered `retry`, and the retry finds its receipt', async () => {
    let lose = false;
    const node = await stage.node({
      commit: async (real) => {
        const answer = await real();
        if (lose) throw new StoreAway('the answer was lost');
        return answer;
      },
    });
    await withTea(node);
    lose = true;
    expect(await stage.tell(node, person('p1x'), takeTea, 'take-seat-9')).toMatchObject({ ok: false, code: 'retry' });
    lose = false;
    expect(await stage.tell(node, person('p1x'), takeTea, 'take-seat-9')).toMatchObject({ ok: true, result: { status: 'going' } });
    expect(going(node)).toBe(1);
  });

  it('S4: a store that is away answers `retry`, and nothing has happened', async () => {
    let away = false;
    const node = await stage.node({ commit: (real) => (away ? Promise.reject(new StoreAway('away')) : real()) });
    await withTea(node);
    away = true;
    expect(await stage.tell(node, person('p1x'), takeTea)).toEqual({ ok: false, code: 'retry', retryAfterMs: 1000 });
    away = false;
    expect(going(node)).toBe(0);
  });

  it('decides again what was refused on top of something that did not come to be', async () => {
    const rival = await stage.node();
    let disturb = false;
    const node: NodeBoard = await stage.node({
      commit: async (real) => {
        if (disturb) {
          disturb = false;
          await stage.tell(rival, person('p5x'), { type: 'cancelGathering', gathering: key('one') });
          await stage.tell(rival, person('p0x'), { ...tea, gathering: key('two') });
        }
        return real();
      },
    });
    await withTea(node);
    await stage.tell(node, person('p5x'), { ...tea, gathering: key('one') });
    disturb = true;
    const acks = await Promise.all([
      stage.tell(node, person('p2x'), { type: 'takeSeat', gathering: key('one') }),
      stage.tell(node, person('p3x'), { type: 'takeSeat', gathering: key('two') }),
    ]);
    expect(acks).toMatchObject([{ ok: false, code: 'cancelled' }, { ok: true }]);
  });

  it('B8: what is due is issued by every node, and done once', async () => {
    const [one, two] = [await stage.node(), await stage.node()];
    await withTea(one);
    const token = 't'.repeat(22);
    await stage.tell(one, person('p0x'), { type: 'shareHosting', gathering: key('tea'), token, handOver: false });
    await two.replica.catchUp();
    const { rev } = one.replica.head;
    const tomorrow = now + 25 * 3_600_000;
    stage.now = () => tomorrow;
    await Promise.all([issueDue(one, tomorrow), issueDue(two, tomorrow)]);
    await one.replica.catchUp();
    expect(one.replica.board.hostLink(token)).toBeUndefined();
    expect(one.replica.head.rev).toBe(rev + 1);
  });

  it.each([
    ['', null],
    ['', 'takeSeat'],
    ['id', { type: 'takeSeat' }],
    ['id', { type: 'takeSeat', id: 'x' }],
    ['type', { type: 'constructor', id: 'command-1' }],
    ['gathering', { type: 'takeSeat', id: 'command-1' }],
    ['party', { type: 'takeSeat', id: 'command-1', gathering: key('tea'), party: 99 }],
    ['colour', { type: 'takeSeat', id: 'command-1', gathering: key('tea'), colour: 'red' }],
  ])('X3: what does not parse is invalid, naming %j: %j', async (field, wish) => {
    const node = await stage.node();
    expect(await node.submit(wish, person('p1x'))).toMatchObject({ ok: false, code: 'invalid', field });
  });

  it('X6: twenty at once, then ten a second for a person – and others are not held up', async () => {
    const node = await stage.node();
    const rename = (name: string) => stage.tell(node, person('p1x'), { type: 'setName', name });
    const acks = await Promise.all(Array.from({ length: 30 }, (_, index) => rename(`Name ${String(index)}`)));
    expect(acks.filter(isOk).length).toBeGreaterThanOrEqual(20);
    expect(acks.at(-1)).toMatchObject({ ok: false, code: 'tooMany' });
    expect(await stage.tell(node, person('p2x'), { type: 'setName', name: 'Ben' })).toMatchObject({ ok: true });
  });
});
