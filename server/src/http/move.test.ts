/** Moving to another phone, at the door: who may ask for what, and what is told. That it works once is the rule's matter. */
import { createHash } from 'node:crypto';
import type { MoveRecord } from '@huddle/shared/move.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Doors } from './door-fixture.ts';

const TEN_MINUTES = 600_000;
const token = 't'.repeat(22);
const hash = createHash('sha256').update(token).digest('base64url');

let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open();
});
afterAll(() => doors.close());
beforeEach(() => doors.fresh());

const stands = (person: string, more: Partial<MoveRecord> = {}): void =>
  void doors.own.put(`move/${hash}`, {
    ...{ id: `move/${hash}`, type: 'move', rev: 1, person, expires: doors.time + TEN_MINUTES, used: false },
    ...more,
  });
const take = (cookie = '', id = 'command1') => doors.write('/api/move', { token, id }, cookie === '' ? {} : { cookie });
const types = (): unknown[] => doors.asked.map(({ command }) => (command as { type: string }).type);

test('the phone that is somebody gets a token, of which the board is told the hash alone', async () => {
  const { person, cookie } = await doors.guest();
  doors.answer = () => ({ ok: true, rev: 4, result: { expires: doors.time + TEN_MINUTES } });
  const made = await doors.write('/api/me/move', '', { cookie });
  expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const secret = String(made.json['token']);
  expect(secret).toMatch(/^[A-Za-z0-9_-]{22}$/);
  expect(made.json).toEqual({ ok: true, token: secret, expires: doors.time + TEN_MINUTES });
  const [asked] = doors.asked;
  expect(asked?.command).toMatchObject({ type: 'openMove', person, hash: createHash('sha256').update(secret).digest('base64url') });
  expect(JSON.stringify([doors.asked, doors.lines])).not.toContain(secret);
});

test('nobody, and a token of the administrator, is nobody who could move', async () => {
  for (const headers of [{}, doors.admin]) expect((await doors.write('/api/me/move', '', headers)).status).toBe(401);
  expect((await doors.ask('/api/me/move')).status).toBe(401);
});

test('X6: one person makes no more than a handful of links', async () => {
  const [{ cookie }, other] = [await doors.guest(), await doors.guest()];
  doors.answer = () => ({ ok: true, rev: 4, result: { expires: 1 } });
  const made = [];
  for (let times = 0; times < 6; times += 1) made.push((await doors.write('/api/me/move', '', { cookie })).status);
  expect(made).toEqual([201, 201, 201, 201, 201, 429]);
  expect((await doors.write('/api/me/move', '', { cookie: other.cookie })).status).toBe(201);
});

test('whoever shows it is told the name on that board, and whether that is who they are', async () => {
  const { person, cookie } = await doors.guest();
  stands(person);
  const whose = (headers = {}) => doors.write('/api/move/whose', { token, board: 'harbour' }, headers);
  expect((await whose()).json).toEqual({ ok: true, name: 'Mei', mine: false });
  expect((await whose({ cookie })).json).toEqual({ ok: true, name: 'Mei', mine: true });
  expect((await doors.write('/api/move/whose', { token, board: 'elsewhere' })).json).toMatchObject({ name: '' });
  expect(doors.asked).toEqual([]);
});

test.each([
  ['used', { used: true }],
  ['too old', { expires: 0 }],
] as const)('one that is %s says so, and no name', async (_, more) => {
  const { person } = await doors.guest();
  stands(person, more);
  expect(await doors.write('/api/move/whose', { token, board: 'harbour' })).toMatchObject({
    status: 409,
    json: { ok: false, code: 'linkExpired' },
  });
});

test('one that this node does not know is asked of the store; X6: strangers who guess are told to wait, and hold nobody up who has one', async () => {
  const { person } = await doors.guest();
  const guess = () => doors.write('/api/move/whose', { token: 'guess', board: 'harbour' });
  expect((await guess()).status).toBe(409);
  expect(doors.caughtUp).toBe(1);
  const answers = new Set<number>();
  for (let times = 0; times < 250; times += 1) answers.add((await guess()).status);
  expect([...answers]).toEqual([409, 429]);
  stands(person);
  expect((await doors.write('/api/move/whose', { token, board: 'harbour' })).status).toBe(200);
});

test('taking it gives a cookie of that person; who the phone was so far is signed out of it', async () => {
  const [ada, bob] = [await doors.guest(), await doors.guest()];
  stands(ada.person);
  doors.answer = ({ type }) => ({
    ok: true,
    rev: 4,
    ...(type === 'takeMove' ? { result: { person: ada.person, issued: doors.time } } : {}),
  });
  const taken = await take(bob.cookie);
  expect(taken).toMatchObject({ status: 200, json: { ok: true, rev: 4 } });
  const cookie = taken.headers.getSetCookie()[0] ?? '';
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
  expect(doors.parts.sessions.personOf(cookie.split(';')[0])).toBe(ada.person);
  expect(types()).toEqual(['takeMove', 'endSessions']);
  expect(doors.asked[1]?.command).toMatchObject({ person: bob.person });
  // Somebody who was nobody, or the same person already, leaves nobody behind.
  await take();
  await take(ada.cookie);
  expect(types()).toEqual(['takeMove', 'endSessions', 'takeMove', 'takeMove']);
});

test('B7: sent again with the same id it is the same command; an answer that is asked for after its time is none', async () => {
  const { person } = await doors.guest();
  stands(person);
  doors.answer = () => ({ ok: true, rev: 4, result: { person, issued: doors.time - TEN_MINUTES - 1 } });
  expect(await take()).toMatchObject({ status: 409, json: { code: 'linkExpired' } });
  expect((await take()).headers.getSetCookie()).toEqual([]);
  await take('', 'command2');
  const [first, second, third] = doors.asked.map(({ command }) => (command as { id: string }).id);
  expect([second === first, third === first]).toEqual([true, false]);
});

test('a refusal gives no cookie', async () => {
  doors.answer = () => ({ ok: false, code: 'linkExpired' });
  const refused = await take();
  expect([refused.status, refused.headers.getSetCookie()]).toEqual([409, []]);
});

test('the phone that shows it is told what became of it', async () => {
  const { person, cookie } = await doors.guest();
  const state = async () => (await doors.ask('/api/me/move', { headers: { cookie } })).json['state'];
  expect(await state()).toBe('over');
  stands(person);
  expect(await state()).toBe('open');
  stands(person, { used: true });
  expect(await state()).toBe('used');
  stands(person, { expires: 0 });
  expect(await state()).toBe('over');
});

test('X1: pages of other origins, and forms, take nothing', async () => {
  const { cookie } = await doors.guest();
  const evil = { cookie, origin: 'https://evil.example' };
  for (const path of ['/api/move', '/api/move/whose', '/api/me/move']) expect((await doors.write(path, '{}', evil)).status).toBe(403);
  expect((await doors.write('/api/move', 'token=1', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  expect(await doors.write('/api/move', { token, id: 'command1', more: 1 })).toMatchObject({ status: 400, json: { field: 'more' } });
  expect(doors.asked).toEqual([]);
});
