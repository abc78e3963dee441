/** Moving to another phone: the same person on both, from a link that works once, whichever nodes are asked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accepted, Deployment, type Attendee, type TestBoard } from './deployment.ts';
import { freshId, guest, withId, type Session } from './http.ts';
import { Phone } from './phone.ts';
import { eventually } from './wait.ts';

let deployment: Deployment;
let board: TestBoard;

beforeAll(async () => {
  deployment = await Deployment.overRedis(2);
  board = await deployment.board();
});
afterAll(() => deployment.stop());

const send = (node: number, path: string, { body, session, method = 'POST' }: { body?: object; session?: Session; method?: string }) =>
  fetch(`${deployment.url(node)}${path}`, {
    method,
    headers: { origin: deployment.url(node), 'content-type': 'application/json', ...(session && { cookie: session.cookie }) },
    ...(body && { body: JSON.stringify(body) }),
  });

const opened = async ({ session }: Attendee): Promise<string> => {
  const answer = await send(0, '/api/me/move', { session });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { token: string }).token;
};
const take = (node: number, token: string, session?: Session, id = freshId()) =>
  send(node, '/api/move', { body: { token, id }, ...(session && { session }) });
const sessionOf = (answer: Response): Session => ({ cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' });
const stateOf = async ({ session }: Attendee, node: number): Promise<unknown> =>
  ((await (await send(node, '/api/me/move', { session, method: 'GET' })).json()) as { state: string }).state;
const phoneOf = (session: Session, node: number): Promise<Phone> => Phone.join({ url: deployment.url(node), board: board.slug, session });

test('a link taken on both nodes in the same moment makes one phone the person, and the other is told', async () => {
  const ada = await deployment.attendee(board, 'Ada', 0);
  const token = await opened(ada);
  const whose = await send(1, '/api/move/whose', { body: { token, board: board.slug } });
  expect(await whose.json()).toEqual({ ok: true, name: 'Ada', mine: false });

  const answers = await Promise.all([take(0, token), take(1, token), take(0, token), take(1, token)]);
  const won = answers.filter(({ status }) => status === 200);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  expect(won).toHaveLength(1);
  const session = sessionOf(won[0]!);
  for (const node of [0, 1]) {
    const phone = await phoneOf(session, node);
    expect(phone.person).toBe(ada.id);
    accepted(await phone.insist(withId({ type: 'setName', name: `Ada ${node}` })));
    await eventually('the name on the old phone', () => JSON.stringify(ada.phone.view(`me/${ada.id}`)).includes(`Ada ${node}`));
    phone.drop();
    expect(await stateOf(ada, node)).toBe('used');
  }
  expect(await (await take(1, token)).json()).toMatchObject({ ok: false, code: 'linkExpired' });
});

test('B7: an answer that was lost is given again, by either node, to whoever sends the same once more', async () => {
  const ada = await deployment.attendee(board, 'Ada', 0);
  const [token, id] = [await opened(ada), freshId()];
  const [first, again] = [await take(0, token, undefined, id), await take(1, token, undefined, id)];
  expect([first.status, again.status]).toEqual([200, 200]);
  expect((await phoneOf(sessionOf(again), 1)).person).toBe(ada.id);
});

test('X8: a phone that was somebody else is nobody else any more, in none of its pages', async () => {
  const [ada, bob] = await Promise.all([deployment.attendee(board, 'Ada', 0), deployment.attendee(board, 'Bob', 1)]);
  const taken = await take(0, await opened(ada), bob.session);
  expect(taken.status).toBe(200);
  await bob.phone.closed;
  expect(bob.phone.bye?.code).toBe('signedOut');
  expect((await phoneOf(bob.session, 1)).person).toBeUndefined();
});

test('X8: signing out everywhere ends both phones, and voids the link that is still open', async () => {
  const ada = await deployment.attendee(board, 'Ada', 0);
  const second = await phoneOf(sessionOf(await take(1, await opened(ada))), 1);
  const token = await opened(ada);
  expect((await send(1, '/api/session?everywhere=yes', { session: ada.session, method: 'DELETE' })).status).toBe(200);
  await Promise.all([ada.phone.closed, second.closed]);
  expect([ada.phone.bye?.code, second.bye?.code]).toEqual(['signedOut', 'signedOut']);
  for (const node of [0, 1]) expect((await take(node, token)).status).toBe(409);
});

test('X1: another site makes no link and takes none; who is nobody makes none', async () => {
  const session = await guest(deployment.url(0));
  const headers = { origin: 'https://evil.example', 'content-type': 'application/json', cookie: session.cookie };
  for (const path of ['/api/me/move', '/api/move', '/api/move/whose']) {
    expect((await fetch(`${deployment.url(0)}${path}`, { method: 'POST', headers, body: '{}' })).status).toBe(403);
  }
  expect((await send(0, '/api/me/move', {})).status).toBe(401);
});
