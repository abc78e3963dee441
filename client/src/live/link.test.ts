import type { View } from '@huddle/shared/protocol.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAudiences } from './audiences.ts';
import type { LinkState } from './held.ts';
import { createLink } from './link.ts';
import { FakeServer } from './link-fixture.ts';

const later = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const sorted = (views: readonly View[]) => views.filter(({ id }) => id.startsWith('seats/')).sort((a, b) => (a.id < b.id ? -1 : 1));

/** A phone that shows what the server says. */
const phone = (server: FakeServer, http = server.http) => {
  const audiences = createAudiences();
  const seen = { states: [] as LinkState[], forks: 0, signedOut: 0, ended: '', person: undefined as string | undefined };
  const link = createLink({
    dial: server.dial,
    http,
    random: () => 0,
    listener: {
      changed: (change) => void audiences.apply(change),
      reached: () => undefined,
      dropped: (audience) => void audiences.drop(audience),
      person: (person) => void (seen.person = person),
      clock: () => undefined,
      relaxed: () => undefined,
      state: (state) => void seen.states.push(state),
      startedOver: () => void (seen.forks += 1),
      signedOut: () => void (seen.signedOut += 1),
      confirmed: () => undefined,
      ended: (why) => void (seen.ended = why),
    },
  });
  return { link, audiences, seen, shown: () => sorted(audiences.of('public')), state: () => seen.states.at(-1) };
};

describe('the link to a board', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('X8: signed out over HTTP, says so and is nobody: the wish of whoever it was is not sent as somebody else’s', async () => {
    const server = new FakeServer();
    server.socketsUp = false;
    server.person = 'ada';
    const { link, seen } = phone(server, {
      ...server.http,
      me: async () => (seen.signedOut === 0 ? server.http.me() : undefined),
      command: async () => ({ ok: false, code: 'signedOut' }),
    });
    link.start(undefined);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(seen.person).toBe('ada');
    expect(await link.send({ id: 'c1', type: 'markRead', to: 1 })).toBeUndefined();
    expect([seen.signedOut, seen.person]).toEqual([1, undefined]);
    link.stop();
  });

  it('without anything to begin with, takes the snapshot and goes on from its cursor', async () => {
    const server = new FakeServer();
    server.commit({ a: 1 });
    const { link, shown, state } = phone(server);
    link.start(undefined);
    await later(200);
    server.commit({ a: 2, b: 1 });
    await later(100);
    expect([state(), shown()]).toEqual(['live', sorted(server.publicViews)]);
    link.stop();
  });

  it('N6: a cursor that the server no longer knows starts over, and what is gone is gone', async () => {
    const server = new FakeServer();
    server.commit({ a: 1, old: 1 });
    const { link, audiences, shown, seen } = phone(server);
    link.start(undefined);
    await later(200);
    server.socketsUp = false;
    server.cut(server.phones[0]);
    for (let n = 0; n < 9; n += 1) server.commit({ a: n, old: undefined });
    await later(3000);
    server.socketsUp = true;
    await later(4000);
    expect(shown()).toEqual(sorted(server.publicViews));
    expect(audiences.find('seats/old')).toBeUndefined();
    expect(seen.forks).toBe(1);
    link.stop();
  });

  it('S2: while snapshots come from a node that has not noticed a fork, asks for them less and less often', async () => {
    const server = new FakeServer();
    server.commit({ a: 1 });
    const asking = server.http.snapshot();
    await later(20);
    const old = await asking;
    let asked = 0;
    let noticed = false;
    const snapshot = async (etag?: string) => {
      asked += 1;
      const answer = await server.http.snapshot(etag);
      return noticed ? answer : old;
    };
    const { link, shown, state, seen } = phone(server, { ...server.http, snapshot });
    server.fork(1);
    link.start(undefined);
    await later(5000);
    const atFirst = asked;
    await later(5000);
    expect(asked - atFirst).toBeLessThan(atFirst / 2);
    noticed = true;
    await later(15_000);
    expect([state(), shown(), seen.forks]).toEqual(['live', sorted(server.publicViews), 1]);
    link.stop();
  });

  it('S2: a fork is told of even if the line on which it was noticed does not last', async () => {
    const server = new FakeServer();
    const { link, state, seen } = phone(server);
    link.start(server.cursor);
    await later(200);
    server.commit({ a: 1 });
    await later(100);
    server.httpUp = false;
    server.fork(1);
    await later(5000);
    expect(seen.forks).toBe(0);
    server.httpUp = true;
    await later(10_000);
    expect([state(), seen.forks]).toEqual(['live', 1]);
    link.stop();
  });

  it('opened audiences come back after a cut, and are gone when closed', async () => {
    const server = new FakeServer();
    const { link, audiences } = phone(server);
    link.start(server.cursor);
    link.open('gathering/a');
    await later(200);
    expect(audiences.find('details/a')).toBeDefined();
    server.cut(server.phones[0]);
    await later(2000);
    expect(server.phones[0]?.joined).toContain('gathering/a');
    link.close('gathering/a');
    expect(audiences.find('details/a')).toBeUndefined();
    link.stop();
  });

  it('a watcher becomes somebody, and goes on from its cursor', async () => {
    const server = new FakeServer();
    const { link, audiences, seen } = phone(server);
    link.start(server.cursor);
    await later(200);
    expect(await link.send({ id: 'c1', type: 'markRead', to: 1 })).toEqual({ ok: false, code: 'sessionNeeded' });
    expect(await link.becomeSomebody()).toBe(true);
    await later(200);
    expect([seen.person, audiences.find('me/someone')]).toMatchObject(['someone', { readTo: 0 }]);
    link.stop();
  });

  it('C7: no socket for 10 s: the snapshot every 15 s and commands by POST, until there is a socket again', async () => {
    const server = new FakeServer();
    server.socketsUp = false;
    server.person = 'someone';
    server.commit({ a: 1 });
    const { link, shown, state, audiences } = phone(server);
    link.start(undefined);
    await later(9000);
    expect(shown()).toEqual([]);
    await later(2000);
    expect([state(), shown()]).toEqual(['polling', sorted(server.publicViews)]);
    expect(audiences.find('me/someone')).toBeDefined();
    server.commit({ a: 2 });
    await later(15_100);
    expect(shown()).toEqual(sorted(server.publicViews));
    const sent = link.send({ id: 'c1', type: 'markRead', to: 1 });
    // The server's snapshot may be a second old.
    await later(2000);
    expect([await sent, shown()]).toMatchObject([{ ok: true }, sorted(server.publicViews)]);
    server.socketsUp = true;
    await later(12_000);
    expect(state()).toBe('live');
    link.stop();
  });

  it('C7: a watcher without a socket becomes somebody, and goes on sending', async () => {
    const server = new FakeServer();
    server.socketsUp = false;
    const { link, state } = phone(server);
    link.start(undefined);
    await later(11_000);
    link.probe();
    expect(await link.becomeSomebody()).toBe(true);
    await later(100);
    expect([state(), link.canSend]).toEqual(['polling', true]);
    link.stop();
  });

  it('X8: a phone that HTTP finds to be nobody any more is nobody, though it was not there when it was said', async () => {
    const server = new FakeServer();
    server.socketsUp = false;
    server.person = 'ada';
    const { link, seen } = phone(server);
    link.start(undefined);
    await later(12_000);
    expect(seen.person).toBe('ada');
    server.person = undefined;
    await later(16_000);
    expect(seen.person).toBeUndefined();
    link.stop();
  });

  it('C7: what HTTP was asked before the socket stood is not believed after', async () => {
    const server = new FakeServer();
    server.socketsUp = false;
    const slow = async () => {
      const answer = await server.http.snapshot();
      await new Promise((resolve) => setTimeout(resolve, 5000));
      return answer;
    };
    const { link, shown } = phone(server, {
      ...server.http,
      snapshot: (etag) => (server.socketsUp ? server.http.snapshot(etag) : slow()),
    });
    link.start(undefined);
    await later(10_500);
    server.socketsUp = true;
    server.commit({ a: 1 });
    link.probe();
    await later(2000);
    server.commit({ b: 1 });
    await later(6000);
    expect(shown()).toEqual(sorted(server.publicViews));
    link.stop();
  });

  it('C7: a snapshot that was fetched but put aside is fetched again', async () => {
    const server = new FakeServer();
    server.socketsUp = false;
    server.person = 'someone';
    const slowMe = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return server.http.me();
    };
    const { link, shown } = phone(server, { ...server.http, me: slowMe });
    link.start(undefined);
    await later(11_000);
    server.commit({ a: 1 });
    // The next poll has its snapshot and waits for the rest when a page opens, and everything is asked anew.
    await later(14_700);
    expect(shown()).toEqual([]);
    link.open('gathering/a');
    await later(1000);
    expect(shown()).toEqual(sorted(server.publicViews));
    link.stop();
  });

  it('C7: a line that fell silent is noticed when the page is looked at', async () => {
    const server = new FakeServer();
    const { link, shown, state } = phone(server);
    link.start(undefined);
    await later(200);
    server.phones[0]!.deaf = true;
    server.commit({ a: 1 });
    await later(100);
    expect([state(), shown()]).toEqual(['live', []]);
    link.probe();
    await later(4000);
    expect([state(), shown()]).toEqual(['live', sorted(server.publicViews)]);
    link.stop();
  });

  it('R8: the store away is said, and nothing is sent meanwhile', async () => {
    const server = new FakeServer();
    const { link, state } = phone(server);
    link.start(server.cursor);
    await later(200);
    server.phones[0]!.events.standing(false);
    expect([state(), link.canSend]).toEqual(['storeAway', false]);
    server.phones[0]!.events.standing(true);
    expect([state(), link.canSend]).toEqual(['live', true]);
    link.stop();
  });

  it('does as a "bye" says: comes back when told, or never', async () => {
    const server = new FakeServer();
    const { link, seen, state } = phone(server);
    link.start(server.cursor);
    await later(200);
    server.phones[0]!.events.bye({ code: 'leaving', comeBackAfterMs: 2500 });
    await later(2400);
    expect([state(), server.phones.length]).toEqual(['down', 0]);
    await later(300);
    expect(state()).toBe('live');
    server.phones[0]!.events.bye({ code: 'upgrade' });
    await later(60_000);
    expect([seen.ended, server.phones.length]).toEqual(['upgrade', 0]);
  });

  it('R7: cut at any point, deafened, forked, without HTTP or sockets for a while – in the end it shows what the server has', async () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const step = fc.oneof(
      fc.record({ do: fc.constant('commit' as const), key, taken: fc.option(fc.nat(9), { nil: undefined }) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(2500) }),
      fc.record({ do: fc.constantFrom('cut' as const, 'deaf' as const, 'probe' as const, 'http' as const, 'sockets' as const) }),
      fc.record({ do: fc.constant('fork' as const), lost: fc.integer({ min: 1, max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const server = new FakeServer();
        const { link, shown, state } = phone(server);
        link.start(undefined);
        for (const one of steps) {
          if (one.do === 'commit') server.commit({ [one.key]: one.taken });
          else if (one.do === 'wait') await later(one.ms);
          else if (one.do === 'cut') server.cut(server.phones[0]);
          else if (one.do === 'deaf') for (const each of server.phones) each.deaf = true;
          else if (one.do === 'probe') link.probe();
          else if (one.do === 'http') server.httpUp = !server.httpUp;
          else if ('lost' in one) server.fork(one.lost);
          else server.socketsUp = !server.socketsUp;
        }
        server.httpUp = true;
        server.socketsUp = true;
        // What Engine.IO's missing pings do to a deaf line.
        for (const each of server.phones) if (each.deaf) server.cut(each);
        await later(30_000);
        server.commit({ last: 1 });
        await later(100);
        expect([state(), shown()]).toEqual(['live', sorted(server.publicViews)]);
        link.stop();
      }),
      { numRuns: 300 },
    );
  });
});
