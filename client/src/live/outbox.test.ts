import type { Ack, CommandInput, SentCommand } from '@huddle/shared/protocol.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutbox, type Box, type Entry, type Outbox, type Outcome } from './outbox.ts';

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
  const seen = { entries: [] as readonly Entry[], unheard: [] as Outcome[], sessions: 0, joins: 0, sent: [] as SentCommand[] };
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

  it('sends with no page open what waits, once; the next page, however late, says what became of it', async () => {
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
    expect([after.seen.sent, after.seen.unheard, box.kept.size]).toEqual([[], [{ ok: false, code: 'over' }], 0]);
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
