import type { Ack, CommandInput, SentCommand } from '@huddle/shared/protocol.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Box, Entry, Outcome } from './box.ts';
import { createOutbox, type Outbox } from './outbox.ts';

const HOUR = 3_600_000;
const wish = (to: number): CommandInput => ({ type: 'markRead', to });
const done = (rev: number): Ack => ({ ok: true, rev });

/** A box as the phone's database is one, shared by tabs and pages. */
const memoryBox = (): Box & { readonly kept: Map<string, Entry> } => {
  const kept = new Map<string, Entry>();
  let lease: { owner: string; until: number } | undefined;
  return {
    kept,
    entries: async (board) => [...kept.values()].filter((entry) => entry.board === board).sort((a, b) => a.at - b.at),
    put: async (entry) => void kept.set(entry.id, entry),
    update: async (id, step) => {
      const next = kept.has(id) ? step(kept.get(id)!) : undefined;
      if (next !== undefined) kept.set(id, next);
      return next;
    },
    remove: async (id) => void kept.delete(id),
    clear: async () => kept.clear(),
    lease: async (_board, owner, now, ms) => {
      if (lease !== undefined && lease.owner !== owner && lease.until > now) return false;
      lease = { owner, until: now + ms };
      return true;
    },
    release: async (_board, owner) => {
      if (lease?.owner === owner) lease = undefined;
    },
  };
};

let made = 0;

/** A page with an outbox; `answers` is what the server says, undefined for silence. */
const page = (box: Box, answer: (command: SentCommand) => Promise<Ack | undefined>, more: { readonly alone?: true } = {}) => {
  const seen = { entries: [] as readonly Entry[], unheard: [] as Outcome[], told: 0, sessions: 0, joins: 0, sent: [] as SentCommand[] };
  const way = { open: true, sessions: true, joins: true as boolean | undefined };
  const outbox: Outbox = createOutbox({
    board: 'b',
    box,
    canSend: () => way.open,
    send: (command) => {
      seen.sent.push(command);
      return answer(command);
    },
    becomeSomebody: async () => {
      seen.sessions += 1;
      return way.sessions;
    },
    join: async () => {
      seen.joins += 1;
      return way.joins;
    },
    newId: () => `id-${(made += 1)}`,
    now: Date.now,
    random: () => 0,
    changed: (entries) => void (seen.entries = entries),
    unheard: (_entry, ack) => void seen.unheard.push(ack),
    tell: () => void (seen.told += 1),
    ...more,
  });
  return { outbox, seen, way };
};

const later = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('C2: the outbox', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps a command before it is first sent', async () => {
    const box = memoryBox();
    const keptAtSend: boolean[] = [];
    const { outbox } = page(box, async ({ id }) => {
      keptAtSend.push(box.kept.has(id));
      return done(1);
    });
    const outcome = outbox.do(wish(1));
    await later();
    expect([await outcome, keptAtSend]).toEqual([done(1), [true]]);
  });

  it('sends in order, one after the other', async () => {
    let rev = 0;
    const { outbox, seen } = page(memoryBox(), async () => done((rev += 1)));
    const outcomes = Promise.all([1, 2, 3].map((to) => outbox.do(wish(to))));
    await later(100);
    expect(await outcomes).toEqual([done(1), done(2), done(3)]);
    expect(seen.sent.map((command) => 'to' in command && command.to)).toEqual([1, 2, 3]);
  });

  it('sends the same id again while there is no answer, and while the answer is "retry"', async () => {
    const answers: (Ack | undefined)[] = [undefined, { ok: false, code: 'retry', retryAfterMs: 700 }, done(7)];
    const { outbox, seen } = page(memoryBox(), async () => answers.shift());
    const outcome = outbox.do(wish(1));
    await later(5000);
    expect(await outcome).toEqual(done(7));
    expect(new Set(seen.sent.map(({ id }) => id)).size).toBe(1);
    expect(seen.sent).toHaveLength(3);
  });

  it('X6: joins when the board asks for a code, and sends the same command again', async () => {
    const answers: Ack[] = [{ ok: false, code: 'codeNeeded' }, done(3)];
    const { outbox, seen } = page(memoryBox(), async () => answers.shift());
    const outcome = outbox.do(wish(1));
    await later(100);
    expect([await outcome, seen.joins, new Set(seen.sent.map(({ id }) => id)).size]).toEqual([done(3), 1, 1]);
  });

  it('X6: who has no code gets the refusal; without an answer it is tried again', async () => {
    const { outbox, seen, way } = page(memoryBox(), async () => ({ ok: false, code: 'codeNeeded' }));
    way.joins = undefined;
    const outcome = outbox.do(wish(1));
    await later(10_000);
    expect(seen.joins).toBeGreaterThan(1);
    way.joins = false;
    await later(60_000);
    expect(await outcome).toEqual({ ok: false, code: 'codeNeeded' });
  });

  it('a refusal is an outcome: it is told, and nothing is sent again', async () => {
    const { outbox, seen } = page(memoryBox(), async () => ({ ok: false, code: 'over' }));
    const outcome = outbox.do(wish(1));
    await later(10_000);
    expect(await outcome).toEqual({ ok: false, code: 'over' });
    expect(seen.sent).toHaveLength(1);
  });

  it('waits out a short "too many", but an hour of it is the outcome', async () => {
    const answers: Ack[] = [{ ok: false, code: 'tooMany', retryAfterMs: 900 }, done(1), { ok: false, code: 'tooMany', retryAfterMs: HOUR }];
    const { outbox } = page(memoryBox(), async () => answers.shift());
    const outcomes = [outbox.do(wish(1)), outbox.do(wish(2))];
    await later(3000);
    expect(await Promise.all(outcomes)).toEqual([done(1), { ok: false, code: 'tooMany', retryAfterMs: HOUR }]);
  });

  it('becomes somebody first where a session is needed', async () => {
    const { outbox, seen } = page(memoryBox(), async () => (seen.sessions === 0 ? { ok: false, code: 'sessionNeeded' } : done(1)));
    const outcome = outbox.do(wish(1));
    await later(1000);
    expect([await outcome, seen.sessions]).toEqual([done(1), 1]);
  });

  it('waits for a session that is not to be had for a while, as for an answer', async () => {
    const { outbox, seen, way } = page(memoryBox(), async () => (way.sessions ? done(1) : { ok: false, code: 'sessionNeeded' }));
    way.sessions = false;
    const outcome = outbox.do(wish(1));
    await later(60_000);
    expect(seen.entries.map(({ answer }) => answer)).toEqual([undefined]);
    // Less and less often.
    expect(seen.sessions).toBeLessThan(20);
    way.sessions = true;
    await later(10_000);
    expect(await outcome).toEqual(done(1));
  });

  it('a session that is refused all the same is the outcome in the end', async () => {
    const { outbox, seen } = page(memoryBox(), async () => ({ ok: false, code: 'sessionNeeded' }));
    const outcome = outbox.do(wish(1));
    await later(1000);
    expect([await outcome, seen.sessions]).toEqual([{ ok: false, code: 'sessionNeeded' }, 4]);
  });

  it('X8: ends what waits when its person is signed out, and sends nothing of it', async () => {
    const { outbox, seen } = page(memoryBox(), async () => undefined);
    const outcome = outbox.do(wish(1));
    await later(100);
    await outbox.abandon();
    expect(await outcome).toEqual({ ok: false, code: 'signedOut' });
    const sent = seen.sent.length;
    await later(60_000);
    expect([seen.sent.length, seen.entries]).toEqual([sent, []]);
  });

  it('survives a reload: the next page shows and sends what was left, and says what became of it', async () => {
    const box = memoryBox();
    const before = page(box, () => new Promise(() => undefined));
    void before.outbox.do(wish(1));
    await later();
    before.outbox.stop();
    const after = page(box, async () => ({ ok: false, code: 'over' }));
    await after.outbox.start();
    expect(after.seen.entries.map(({ command }) => command)).toEqual([wish(1)]);
    // The lease of the page that went away runs out.
    await later(6000);
    expect(after.seen.sent.map(({ id }) => id)).toEqual(before.seen.sent.map(({ id }) => id));
    expect(after.seen.unheard).toEqual([{ ok: false, code: 'over' }]);
  });

  it('one sender among tabs: the other one sees the outcome in the box', async () => {
    const box = memoryBox();
    let release: ((ack: Ack) => void) | undefined;
    const first = page(box, () => new Promise((resolve) => (release = resolve)));
    const second = page(box, async () => done(99));
    void first.outbox.do(wish(1));
    await later();
    const outcome = second.outbox.do(wish(2));
    await later(3000);
    expect(second.seen.sent).toEqual([]);
    release?.(done(1));
    await later();
    release?.(done(2));
    await later(2000);
    expect(await outcome).toEqual(done(2));
    expect([first.seen.sent.length, second.seen.sent.length]).toEqual([2, 0]);
  });

  it('a page that waits long for its answer stays the one sender: its lease is renewed', async () => {
    const box = memoryBox();
    const first = page(box, () => new Promise((resolve) => setTimeout(resolve, 8000, done(1))));
    const second = page(box, async () => done(99));
    void first.outbox.do(wish(1));
    await later();
    await second.outbox.start();
    await later(7900);
    expect([first.seen.sent.length, second.seen.sent.length]).toEqual([1, 0]);
    first.outbox.stop();
  });

  it('sends with no page open what waits, once; the next page, however late, has what became of it until its person has looked', async () => {
    const box = memoryBox();
    const before = page(box, async () => undefined);
    before.way.open = false;
    void before.outbox.do(wish(1));
    await later();
    before.outbox.stop();
    const worker = page(box, async () => ({ ok: false, code: 'over' }), { alone: true });
    expect(await worker.outbox.drain()).toBe(true);
    expect(worker.seen.sent.map(({ id }) => id)).toEqual(before.seen.entries.map(({ id }) => id));
    await later(HOUR);
    const after = page(box, async () => done(1));
    await after.outbox.start();
    await later();
    const [ended] = after.seen.entries;
    expect([after.seen.sent, ended?.answer]).toMatchObject([[], { ack: { ok: false, code: 'over' }, late: 'unseen' }]);
    await after.outbox.seen([ended!.id]);
    await later();
    expect(box.kept.size).toBe(0);
  });

  it('says nothing of what a page still waited for, though the worker was faster to send it', async () => {
    const box = memoryBox();
    await box.lease('b', 'another', Date.now(), 500);
    const { outbox, seen } = page(box, async () => done(1));
    const outcome = outbox.do(wish(1));
    await later(600);
    expect(await page(box, async () => done(2), { alone: true }).outbox.drain()).toBe(true);
    await later(1000);
    expect([await outcome, seen.sent, seen.unheard]).toEqual([done(2), [], []]);
    expect([...box.kept.values()].map(({ answer }) => [answer?.ack, answer?.late])).toEqual([[done(2), undefined]]);
  });

  it('X8: signed out with no page open, it sends nothing of what waits as the guest that the phone would become', async () => {
    const box = memoryBox();
    const closed = page(box, async () => undefined);
    closed.way.open = false;
    for (const to of [1, 2]) void closed.outbox.do(wish(to));
    await later();
    closed.outbox.stop();
    const worker = page(box, async () => ({ ok: false, code: 'signedOut' }), { alone: true });
    expect(await worker.outbox.drain()).toBe(true);
    expect(worker.seen.sent).toHaveLength(1);
    expect([worker.seen.sessions, box.kept.size]).toEqual([0, 0]);
  });

  it('says that something still waits where no page is open and no answer comes, and gives the lease back', async () => {
    const box = memoryBox();
    const before = page(box, async () => undefined);
    before.way.open = false;
    void before.outbox.do(wish(1));
    await later();
    before.outbox.stop();
    const worker = page(box, async () => undefined, { alone: true });
    expect(await worker.outbox.drain()).toBe(false);
    expect(await box.lease('b', 'another', Date.now(), 1000)).toBe(true);
  });

  it('waits for a way to send, without trying', async () => {
    const { outbox, seen, way } = page(memoryBox(), async () => done(1));
    way.open = false;
    const outcome = outbox.do(wish(1));
    await later(60_000);
    expect(seen.sent).toEqual([]);
    way.open = true;
    outbox.wake();
    await later();
    expect(await outcome).toEqual(done(1));
  });

  it('gives up after 12 hours', async () => {
    const { outbox, seen, way } = page(memoryBox(), async () => done(1));
    way.open = false;
    const outcome = outbox.do(wish(1));
    await later(12 * HOUR + 1);
    way.open = true;
    outbox.wake();
    await later();
    expect(await outcome).toEqual({ ok: false, code: 'expired' });
    expect(seen.sent).toEqual([]);
  });

  it('takes back what has no answer yet', async () => {
    const box = memoryBox();
    const { outbox, seen, way } = page(box, async () => done(1));
    way.open = false;
    const outcome = outbox.do(wish(1));
    await later();
    await outbox.withdraw(seen.entries[0]!.id);
    expect(await outcome).toEqual({ ok: false, code: 'withdrawn' });
    expect([seen.entries, box.kept.size]).toEqual([[], 0]);
  });

  it('changes in its place what waits: another wish under the same id, sent once and in order', async () => {
    const { outbox, seen, way } = page(memoryBox(), async () => done(1));
    way.open = false;
    const outcomes = [1, 2].map((to) => outbox.do(wish(to)));
    await later();
    expect(await outbox.replace(seen.entries[0]!.id, wish(11))).toBe(true);
    way.open = true;
    outbox.wake();
    await later(100);
    expect(await Promise.all(outcomes)).toEqual([done(1), done(1)]);
    expect(seen.sent.map((command) => 'to' in command && command.to)).toEqual([11, 2]);
  });

  it('B7: changes nothing that has been sent, whatever was heard: it may have taken effect', async () => {
    const { outbox, seen } = page(memoryBox(), async () => undefined);
    void outbox.do(wish(1));
    await later();
    const [{ id } = { id: '' }] = seen.entries;
    expect([await outbox.replace(id, wish(2)), await outbox.hold(id)]).toEqual([false, undefined]);
    await later(60_000);
    expect(new Set(seen.sent.map((command) => 'to' in command && command.to))).toEqual(new Set([1]));
    outbox.stop();
  });

  it('sends nothing that is being changed, in whichever tab; what stands behind it goes ahead', async () => {
    const box = memoryBox();
    const first = page(box, async () => done(1));
    const second = page(box, async () => done(2));
    for (const { way } of [first, second]) way.open = false;
    for (const to of [1, 2]) void first.outbox.do(wish(to));
    await later();
    const letGo = await first.outbox.hold(first.seen.entries[0]!.id);
    second.way.open = true;
    await second.outbox.start();
    await later(30 * 60_000);
    expect(second.seen.sent.map((command) => 'to' in command && command.to)).toEqual([2]);
    letGo?.();
    await later(2000);
    expect(second.seen.sent.map((command) => 'to' in command && command.to)).toEqual([2, 1]);
  });

  it('a page that is closed while something is being changed lets go of it', async () => {
    const box = memoryBox();
    const at = Date.now();
    await box.put({ id: 'a', board: 'b', command: wish(1), at, heldUntil: at + 90_000 });
    const { outbox, seen } = page(box, async () => done(1));
    await outbox.start();
    await later(89_000);
    expect(seen.sent).toEqual([]);
    await later(2000);
    expect(seen.sent).toHaveLength(1);
  });

  it('does not send what another tab took back a moment ago', async () => {
    const box = memoryBox();
    const first = page(box, async () => done(1));
    first.way.open = false;
    void first.outbox.do(wish(1));
    await later();
    const slow = { ...box, entries: async () => [...box.kept.values()] };
    const second = page(slow, async () => done(2));
    // It has read the box, and has yet to say that it sends.
    slow.lease = async (...given) => {
      await first.outbox.withdraw(first.seen.entries[0]!.id);
      return box.lease(...given);
    };
    await second.outbox.start();
    await later(5000);
    expect([second.seen.sent, box.kept.size]).toEqual([[], 0]);
  });

  it('keeps the outcome of what had to wait until its person has looked; what went out at once is forgotten in a minute', async () => {
    const { outbox, seen, way } = page(memoryBox(), async () => done(1));
    void outbox.do(wish(1));
    await later();
    way.open = false;
    void outbox.do(wish(2));
    await later();
    way.open = true;
    outbox.wake();
    await later(HOUR);
    outbox.look();
    await later();
    expect(seen.entries.map(({ command }) => command)).toEqual([wish(2)]);
    await outbox.seen(seen.entries.map(({ id }) => id));
    await later();
    expect(seen.entries).toEqual([]);
  });

  it('what only had to become somebody first went out at once; what got no answer for a while had to wait', async () => {
    const answers: (Ack | undefined)[] = [{ ok: false, code: 'sessionNeeded' }, done(1), undefined, done(2)];
    const { outbox, seen } = page(memoryBox(), async () => answers.shift());
    for (const to of [1, 2]) void outbox.do(wish(to));
    await later(5000);
    expect(seen.entries.map(({ answer }) => answer?.late)).toEqual([undefined, 'unseen']);
  });

  it('tells other tabs when something is put in, taken back, and answered', async () => {
    const { outbox, seen, way } = page(memoryBox(), async () => done(1));
    way.open = false;
    void outbox.do(wish(1));
    await later();
    void outbox.do(wish(2));
    await later();
    await outbox.withdraw(seen.entries[0]!.id);
    expect(seen.told).toBe(3);
    way.open = true;
    outbox.wake();
    await later();
    expect(seen.told).toBe(4);
  });

  it('S2: after a fork, sends again what was acknowledged in the last 60 s, under the same ids, and tells nobody twice', async () => {
    let rev = 0;
    const { outbox, seen } = page(memoryBox(), async () => done((rev += 1)));
    void outbox.do(wish(1));
    await later(50_000);
    void outbox.do(wish(2));
    await later(30_000);
    await outbox.startedOver();
    await later(100);
    const ids = seen.sent.map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect(ids[2]).toBe(ids[1]);
    expect(seen.unheard).toEqual([]);
    expect(seen.entries.at(-1)?.answer?.ack).toEqual(done(3));
  });
});
