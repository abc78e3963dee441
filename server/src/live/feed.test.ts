import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { key, person, post } from '../board/scene.ts';
import type { Audience } from '@huddle/shared/protocol.ts';
import type { Publication } from '../store/store.ts';
import { cursorOf } from './feed.ts';
import { Listener, Rehearsal, joined } from './rehearsal.ts';
import type { NodeBoard } from './served-board.ts';

let stage: Rehearsal;
let node: NodeBoard;
beforeEach(async () => {
  stage = await Rehearsal.open();
  node = await stage.node();
  for (const name of ['ann', 'ben']) await stage.tell(node, person(name), { type: 'setName', name });
});
afterEach(() => stage.close());

const now = Date.now();
const teaKey = key('tea');
const tea = { ...post('tea', { capacity: 1 }), start: now, end: now + 3_600_000 };
const postTea = () => stage.tell(node, person('ann'), tea);
const takeSeat = (name: string) => stage.tell(node, person(name), { type: 'takeSeat', gathering: teaKey });

describe('the feed', () => {
  it('N2: sends what was applied, whichever node wrote it', async () => {
    const other = await stage.node();
    const phone = joined(other, ['public']);
    await postTea();
    await phone.until(() => phone.view('public', `card/${teaKey}`) !== undefined);
    expect(phone.changes.at(-1)?.cursor).toBe(cursorOf(other.replica.head));
  });

  it('N4: of one tick, one’s own news comes before the public cursor', async () => {
    await postTea();
    const phone = joined(node, [('person/' + person('ben').id) as `person/${string}`, 'public'], person('ben'));
    const ack = await takeSeat('ben');
    await phone.until(() => phone.seen.rev >= (ack.ok ? ack.rev : Infinity));
    const order = phone.changes.slice(2).map((change) => change.audience);
    expect(order).toEqual([`person/${person('ben').id}`, 'public']);
  });

  it('N3: many changes within a beat are one frame', async () => {
    const phone = joined(node, ['public']);
    await postTea();
    await phone.until(() => phone.view('public', `card/${teaKey}`) !== undefined);
    const before = phone.changes.length;
    for (const name of ['ann', 'ben']) await takeSeat(name);
    await phone.until(() => phone.seen.rev === node.replica.head.rev);
    expect(phone.changes.length - before).toBeLessThanOrEqual(2);
    expect(phone.view('public', `seats/${teaKey}`)).toEqual({ id: `seats/${teaKey}`, taken: 1, waiting: 1 });
  });

  it('C1: who sent a command that shows nowhere public still gets a cursor that has reached it', async () => {
    const phone = joined(node, ['public'], person('ann'));
    const idle = joined(node, ['public']);
    const ack = await stage.tell(node, person('ann'), { type: 'setName', name: 'Anna' });
    node.feed.await(phone, ack.ok ? ack.rev : 0);
    await phone.until(() => phone.seen.rev >= (ack.ok ? ack.rev : Infinity));
    expect(idle.changes).toHaveLength(1);
  });

  it('X5: whoever loses the right to an audience is shown it leaving', async () => {
    await postTea();
    await stage.tell(node, person('ann'), { type: 'shareHosting', gathering: teaKey, token: 't'.repeat(22), handOver: true });
    const phone = joined(node, [`host/${teaKey}`], person('ann'));
    expect(phone.view(`host/${teaKey}`, `guest-list/${teaKey}`)).toBeDefined();
    await stage.tell(node, person('ben'), { type: 'acceptHosting', token: 't'.repeat(22) });
    await phone.until(() => phone.view(`host/${teaKey}`, `guest-list/${teaKey}`) === undefined);
    expect(node.feed.members(`host/${teaKey}`).size).toBe(0);
  });

  it('X5, R7: what was hidden from an open page comes back to it when it is shown again', async () => {
    await stage.tell(node, person('ann'), { type: 'becomeOrganiser', key: 'k'.repeat(22) });
    await postTea();
    const hide = (hidden: boolean) => stage.tell(node, person('ann'), { type: 'hideGathering', gathering: teaKey, hidden });
    const page: Audience = `gathering/${teaKey}`;
    const [phone, left] = [joined(node, [page], person('ben')), joined(node, [page])];
    await hide(true);
    const late = new Listener();
    node.feed.bar(page, late);
    await phone.until(() => phone.view(page, `details/${teaKey}`) === undefined);
    node.feed.leave(page, left);
    await hide(false);
    await phone.until(() => phone.view(page, `details/${teaKey}`) !== undefined);
    await stage.tell(node, person('ann'), { type: 'editGathering', gathering: teaKey, description: 'with cake' });
    for (const each of [phone, late]) await each.until(() => JSON.stringify(each.view(page, `details/${teaKey}`)).includes('with cake'));
    expect(left.view(page, `details/${teaKey}`)).toBeUndefined();
  });

  it('X5: a tick that is still going out passes by whoever has left meanwhile', async () => {
    await postTea();
    const crowd = [1, 2, 3].map(() => joined(node, [`gathering/${teaKey}`]));
    const [first, last, other] = crowd;
    if (first === undefined || other === undefined || last === undefined) throw new Error('nobody is here');
    const send = first.send.bind(first);
    first.send = (frame) => {
      node.feed.leave(`gathering/${teaKey}`, last);
      return send(frame);
    };
    await stage.tell(node, person('ann'), { type: 'editGathering', gathering: teaKey, description: 'with cake' });
    await other.until(() => other.changes.length > 1);
    expect(last.changes).toHaveLength(1);
  });

  it('N3: who leaves the waitlist and comes again in the same commit moves those behind them up', async () => {
    const watcher = joined(node, ['public']);
    await postTea();
    await stage.tell(node, person('cat'), { type: 'setName', name: 'Cat' });
    for (const name of ['ann', 'ben', 'cat']) await takeSeat(name);
    // What came before is sent by then, and cannot bring the news along.
    await watcher.until(() => watcher.seen.rev === node.replica.head.rev);
    const mine = `my-rsvp/${teaKey}`;
    const cat = joined(node, [`person/${person('cat').id}`, 'public'], person('cat'));
    expect(cat.view(`person/${person('cat').id}`, mine)).toMatchObject({ position: 2 });
    const before = node.replica.head.rev;
    await Promise.all([stage.tell(node, person('ben'), { type: 'giveBackSeat', gathering: teaKey }), takeSeat('ben')]);
    expect(node.replica.head.rev).toBe(before + 1);
    await cat.until(() => cat.seen.rev > before);
    expect(cat.view(`person/${person('cat').id}`, mine)).toMatchObject({ position: 1 });
  });

  it('N5: one that lags gets nothing until it has caught up', async () => {
    const phone = joined(node, ['public']);
    const other = joined(node, ['public']);
    phone.lagging = true;
    await postTea();
    await other.until(() => other.view('public', `card/${teaKey}`) !== undefined);
    expect(phone.changes).toHaveLength(1);
  });
});

describe('a fault of ours in the feed', () => {
  const error = vi.fn();
  const quiet = () => undefined;
  beforeEach(async () => {
    error.mockReset();
    node = await stage.node({}, { info: quiet, warn: quiet, error });
    await postTea();
  });
  const fault = () => {
    throw new Error('planted');
  };
  const sees = (phone: Listener, taken: number) =>
    phone.until(() => JSON.stringify(phone.view('public', `seats/${teaKey}`) ?? {}).includes(`"taken":${String(taken)}`));

  it('N3: a tick that throws half-way is said, and the next lets everybody catch up, with or without a further change', async () => {
    const unlucky = joined(node, ['public']);
    const behind = joined(node, ['public']);
    vi.spyOn(unlucky, 'send').mockImplementationOnce(fault);
    await takeSeat('ben');
    for (const phone of [unlucky, behind]) await sees(phone, 1);
    expect(error).toHaveBeenCalledTimes(1);
    await stage.tell(node, person('ben'), { type: 'giveBackSeat', gathering: teaKey });
    for (const phone of [unlucky, behind]) await sees(phone, 0);
  });

  it('N3: what throws again and again is said once, and all others go on', async () => {
    const unlucky = joined(node, ['public']);
    const behind = joined(node, ['public']);
    vi.spyOn(unlucky, 'send').mockImplementation(fault);
    for (const taken of [1, 0, 1]) {
      await stage.tell(node, person('ben'), { type: taken === 1 ? 'takeSeat' : 'giveBackSeat', gathering: teaKey });
      for (const phone of [unlucky, behind]) await sees(phone, taken);
    }
    expect(error).toHaveBeenCalledTimes(1);
  });

  it('X5: whoever may not see any more what they have open does not, though something threw while that was found out', async () => {
    await stage.tell(node, person('ann'), { type: 'becomeOrganiser', key: 'k'.repeat(22) });
    const page: Audience = `gathering/${teaKey}`;
    const unlucky = joined(node, [page, 'public']);
    const phone = joined(node, [page, 'public']);
    vi.spyOn(unlucky, 'send').mockImplementationOnce(fault);
    await stage.tell(node, person('ann'), { type: 'hideGathering', gathering: teaKey, hidden: true });
    await phone.until(() => phone.view(page, `details/${teaKey}`) === undefined);
    expect(node.feed.members(page).size).toBe(0);
  });
});

describe('resuming', () => {
  it('N6: gets the whole views touched since, even if a value is back to what it was', async () => {
    await postTea();
    const before = cursorOf(node.replica.head);
    await takeSeat('ben');
    await stage.tell(node, person('ben'), { type: 'giveBackSeat', gathering: teaKey });
    expect(node.resume(before)).toEqual({
      change: { audience: 'public', cursor: cursorOf(node.replica.head), put: [{ id: `seats/${teaKey}`, taken: 0 }] },
    });
  });

  it('N6: hears of what is gone', async () => {
    await stage.tell(node, person('ann'), { type: 'becomeOrganiser', key: 'k'.repeat(22) });
    await postTea();
    const before = cursorOf(node.replica.head);
    await stage.tell(node, person('ann'), { type: 'hideGathering', gathering: teaKey, hidden: true });
    expect(node.resume(before)).toMatchObject({ change: { put: [], gone: [`card/${teaKey}`, `seats/${teaKey}`] } });
  });

  it('N6: works on a node that started later, from the store’s tail', async () => {
    await postTea();
    const before = cursorOf(node.replica.head);
    await takeSeat('ben');
    const late = await stage.node();
    expect(late.resume(before)).toMatchObject({ change: { put: [{ id: `seats/${teaKey}`, taken: 1 }] } });
  });

  it.each(['', 'x', '1', '99999.abc', '1.nottherighttoken', '-1.a', '1e3.a'])('S2: starts over from cursor %j', (cursor) => {
    expect(node.resume(cursor)).toEqual({ startOver: true });
  });

  it('S2: starts over from a cursor whose rev came back with another token', async () => {
    await postTea();
    const { rev } = node.replica.head;
    await takeSeat('ben');
    expect(node.resume(`${String(rev)}.nottherighttoken`)).toEqual({ startOver: true });
  });

  it('N6: a cursor ahead of the node makes it ask the store first', async () => {
    const deaf = await stage.node({ publish: () => undefined });
    await postTea();
    const ahead = cursorOf(node.replica.head);
    expect(deaf.resume(ahead)).toEqual({ startOver: true });
    await deaf.reach(ahead);
    expect(deaf.resume(ahead)).toMatchObject({ change: { put: [] } });
  });
});

describe('following the store', () => {
  it('S3: lost, doubled and late publications end in the same board', async () => {
    const held: (() => void)[] = [];
    let count = 0;
    const odd = await stage.node({
      publish: (publication: Publication, hear) => {
        count += 1;
        if (count % 4 === 1) return;
        if (count % 4 === 2) held.push(() => hear(publication));
        else hear(publication);
        if (count % 4 === 3) hear(publication);
      },
    });
    await postTea();
    for (const name of ['cat', 'dan', 'eve', 'fay', 'gus', 'hal']) {
      await stage.tell(node, person(name), { type: 'setName', name });
      await takeSeat(name);
    }
    for (const late of held) late();
    await odd.replica.catchUp();
    expect(odd.replica.head).toEqual(node.replica.head);
    expect([...odd.replica.board.records.values()]).toEqual(expect.arrayContaining([...node.replica.board.records.values()]));
    expect(odd.replica.board.records.size).toBe(node.replica.board.records.size);
  });
});
