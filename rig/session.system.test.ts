/** X8: a ban, and signing out, are felt on every node. */
import type { Bye } from '@huddle/shared/protocol.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, type Attendee, type TestBoard } from './deployment.ts';
import { guest, post, withId, type Session } from './http.ts';
import { Phone } from './phone.ts';

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.overRedis(2);
  board = await deployment.board();
});
afterAll(() => deployment.stop());

/** A further phone of the same person. */
const phoneOf = (session: Session, node: number): Promise<Phone> => Phone.join({ url: deployment.url(node), board: board.slug, session });

const hungUp = async (phone: Phone): Promise<Bye['code'] | undefined> => {
  await phone.closed;
  return phone.bye?.code;
};

const signOut = (session: Session, query = ''): Promise<Response> =>
  fetch(`${deployment.url(0)}/api/session${query}`, { method: 'DELETE', headers: { origin: deployment.url(0), cookie: session.cookie } });

/** Signed out: nobody in particular, over sockets and HTTP, on both nodes. */
const expectNobody = async ({ session, name }: Attendee): Promise<void> => {
  for (const node of [0, 1]) {
    const phone = await phoneOf(session, node);
    expect([phone.person, phone.welcome?.signedOut]).toEqual([undefined, true]);
    const answer = await post(deployment.url(node), board.slug, withId({ type: 'setName', name: `${name} again` }), session);
    expect(answer).toMatchObject({ ok: false, code: 'signedOut' });
    phone.drop();
  }
};

test('X8: a ban on one node closes the phones of that person on the other, who then may read and no more', async () => {
  const organiser = await deployment.organiser(board, 'Olga', 0);
  const mo = await deployment.attendee(board, 'Mo', 1);
  const other = await deployment.attendee(board, 'Bo', 1);
  accepted(await organiser.phone.command(withId({ type: 'banPerson', person: mo.id, banned: true })));
  expect(await hungUp(mo.phone)).toBe('banned');
  await mo.phone.arrive();
  expect(mo.phone.view(`me/${mo.id}`)).toMatchObject({ banned: true });
  expect(await mo.phone.command(withId({ type: 'setName', name: 'Moe' }))).toMatchObject({ ok: false, code: 'banned' });
  expect(other.phone.connected).toBe(true);
});

test('X8: signing out closes this session on both nodes, and leaves another one of the same person alone', async () => {
  const ada = await deployment.attendee(board, 'Ada', 0);
  const [second, other] = await Promise.all([phoneOf(ada.session, 1), deployment.attendee(board, 'Eve', 1)]);
  expect((await signOut(ada.session)).headers.getSetCookie()[0]).toMatch(/^huddle_session=; .*Max-Age=0/);
  expect(await Promise.all([hungUp(ada.phone), hungUp(second)])).toEqual(['signedOut', 'signedOut']);
  await expectNobody(ada);
  expect(other.phone.connected).toBe(true);
  // Whoever comes back becomes somebody new.
  const fresh = await fetch(`${deployment.url(1)}/api/session`, {
    method: 'POST',
    headers: { origin: deployment.url(1), cookie: ada.session.cookie },
  });
  expect(fresh.status).toBe(201);
  expect(((await fresh.json()) as { person: string }).person).not.toBe(ada.id);
});

test('X8: a node that starts later knows who has signed out everywhere', async () => {
  const ada = await deployment.attendee(board, 'Ada', 0);
  expect((await signOut(ada.session, '?everywhere=yes')).status).toBe(200);
  expect(await hungUp(ada.phone)).toBe('signedOut');
  await expectNobody(ada);
  const node = await deployment.addNode();
  const late = await Phone.join({ url: node.url, board: board.slug, session: ada.session });
  expect([late.person, late.welcome?.signedOut]).toEqual([undefined, true]);
});

test('X8: a secret is replaced, node by node, without signing anybody out; once it is gone, so are its sessions', async () => {
  const [old, fresh] = ['o'.repeat(40), 'f'.repeat(40)];
  const rolling = await Deployment.overRedis(0);
  try {
    const before = await rolling.addNode({ HUDDLE_SESSION_SECRET: old });
    const week = await rolling.board();
    const known = { board: week.slug };
    const ada = await rolling.attendee(week, 'Ada');
    // First every node learns to read the new one, then every node signs with it, then the old one is taken away.
    const reads = await rolling.addNode({ HUDDLE_SESSION_SECRET: `${old},${fresh}` });
    const signs = await rolling.addNode({ HUDDLE_SESSION_SECRET: `${fresh},${old}` });
    const late = await rolling.attendee(week, 'Late', 0, { url: signs.url });
    for (const [session, node, person] of [
      [ada.session, reads, ada.id],
      [ada.session, signs, ada.id],
      [late.session, reads, late.id],
      [late.session, before, undefined],
    ] as const) {
      const phone = await Phone.join({ ...known, url: node.url, session });
      expect(phone.person).toBe(person);
      phone.drop();
    }
    const after = await rolling.addNode({ HUDDLE_SESSION_SECRET: fresh });
    const gone = await Phone.join({ ...known, url: after.url, session: ada.session });
    const kept = await Phone.join({ ...known, url: after.url, session: late.session });
    expect([gone.person, kept.person]).toEqual([undefined, late.id]);
  } finally {
    await rolling.stop();
  }
});

test('X1: another site cannot sign anybody out', async () => {
  const session = await guest(deployment.url(0));
  const url = deployment.url(0);
  const answer = await fetch(`${url}/api/session`, {
    method: 'DELETE',
    headers: { origin: 'https://evil.example', cookie: session.cookie },
  });
  expect(answer.status).toBe(403);
  expect((await fetch(`${url}/api/boards/${board.slug}/me`, { headers: { cookie: session.cookie } })).status).toBe(200);
});
