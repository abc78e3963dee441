import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { StoreAway } from '../store/store.ts';
import { Doors, snapshot } from './door-fixture.ts';

let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open();
});
afterAll(() => doors.close());
beforeEach(() => doors.fresh());

describe('a command', () => {
  const wish = { id: 'command1', type: 'setName', name: 'Mei' };

  test('is submitted as the person of the session', async () => {
    const { person, cookie } = await doors.guest();
    const done = await doors.write('/api/boards/harbour/commands', wish, { cookie });
    expect(done.status).toBe(200);
    expect(done.json).toEqual({ ok: true, rev: 4 });
    expect(doors.asked).toEqual([{ command: wish, actor: { kind: 'person', id: person }, board: 'harbour' }]);
  });

  test('needs a session', async () => {
    expect(await doors.write('/api/boards/harbour/commands', wish)).toMatchObject({
      status: 401,
      json: { ok: false, code: 'sessionNeeded' },
    });
    expect(doors.asked).toEqual([]);
  });

  test('with a wrong token is nobody’s, even beside a good session', async () => {
    const { cookie } = await doors.guest();
    expect((await doors.write('/api/boards/harbour/commands', wish, { cookie, authorization: 'Bearer wrong' })).status).toBe(401);
  });

  test('of the administrator may go to a board that is not there yet, and to the deployment’s own', async () => {
    await doors.write('/api/boards/new-board/commands', wish, doors.admin);
    await doors.write('/api/boards/_/commands', wish, doors.admin);
    expect(doors.asked.map(({ board: slug, actor }) => [slug, actor.kind])).toEqual([
      ['new-board', 'admin'],
      ['_', 'admin'],
    ]);
  });

  test('of a guest may not', async () => {
    const { cookie } = await doors.guest();
    for (const slug of ['new-board', '_', '__proto__', 'Harbour', '..%2f_']) {
      expect((await doors.write(`/api/boards/${slug}/commands`, wish, { cookie })).status).toBe(404);
    }
    expect(doors.asked).toEqual([]);
  });

  test.each([
    ['invalid', 400],
    ['sessionNeeded', 401],
    ['forbidden', 403],
    ['banned', 403],
    ['notFound', 404],
    ['idReused', 409],
    ['over', 409],
    ['tooLarge', 413],
    ['tooMany', 429],
    ['internal', 500],
    ['retry', 503],
  ] as const)('refused as %s is answered with %i', async (code, status) => {
    const { cookie } = await doors.guest();
    doors.answer = () => ({ ok: false, code, retryAfterMs: 1500 });
    const refused = await doors.write('/api/boards/harbour/commands', wish, { cookie });
    expect(refused.status).toBe(status);
    expect(refused.json).toEqual({ ok: false, code, retryAfterMs: 1500 });
    expect(refused.headers.get('retry-after')).toBe('2');
  });

  test.each([
    ['broken JSON', '{"a":', 'application/json', 400, 'invalid'],
    ['no JSON object', '[1]', 'application/json', 400, 'invalid'],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', 415, 'invalid'],
    ['plain text', '{}', 'text/plain', 415, 'invalid'],
    ['another alphabet', '{}', 'application/json; charset=x-klingon', 415, 'invalid'],
    ['10 MB', `{"a":"${'x'.repeat(10_000_000)}"}`, 'application/json', 413, 'tooLarge'],
    ['more than 16 KB', `{"a":"${'x'.repeat(16_400)}"}`, 'application/json', 413, 'tooLarge'],
  ])('of %s is refused in JSON', async (_, body, type, status, code) => {
    const { cookie } = await doors.guest();
    const refused = await doors.write('/api/boards/harbour/commands', body, { cookie, 'content-type': type });
    expect(refused).toMatchObject({ status, json: { ok: false, code } });
    expect(doors.asked).toEqual([]);
  });

  test('that fails for a reason nobody expected is answered without that reason, and logged without what was sent', async () => {
    const { cookie } = await doors.guest();
    doors.answer = () => {
      throw new Error('secret reason');
    };
    const failed = await doors.write('/api/boards/harbour/commands', { ...wish, name: 'Private Person' }, { cookie });
    expect(failed).toMatchObject({ status: 500, json: { ok: false, code: 'internal' } });
    expect(failed.text).not.toContain('secret');
    expect(doors.lines.join()).toContain('secret reason');
    expect(doors.lines.join()).not.toContain('Private Person');
    expect(doors.lines.join()).not.toContain(cookie.split('=')[1]);
  });

  test('while the store is away is answered with 503 and when to come back', async () => {
    const { cookie } = await doors.guest();
    doors.away = new StoreAway('gone');
    const away = await doors.write('/api/boards/harbour/commands', wish, { cookie });
    expect(away).toMatchObject({ status: 503, json: { ok: false, code: 'retry' } });
    expect(away.headers.get('retry-after')).toBe('1');
  });

  test('by another method is refused with those that exist', async () => {
    const refused = await doors.ask('/api/boards/harbour/commands');
    expect(refused).toMatchObject({ status: 405, json: { ok: false, code: 'invalid' } });
    expect(refused.headers.get('allow')).toBe('POST');
  });
});

describe('a snapshot', () => {
  test('is compressed where the reader can, and 304 for one who has it', async () => {
    const first = await doors.ask('/api/boards/harbour');
    expect(first.json).toEqual(snapshot);
    expect(first.headers.get('content-encoding')).toBe('gzip');
    expect(first.headers.get('cache-control')).toBe('public, max-age=1');
    const etag = first.headers.get('etag')!;
    expect(etag).toBe('W/"3.abc"');
    const again = await doors.ask('/api/boards/harbour', { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    const plain = await doors.ask('/api/boards/harbour', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.json).toEqual(snapshot);
  });

  test('of no board is a refusal', async () => {
    for (const slug of ['elsewhere', '_', '%00', 'a'.repeat(200)]) {
      expect(await doors.ask(`/api/boards/${slug}`)).toMatchObject({ status: 404, json: { ok: false, code: 'notFound' } });
    }
  });

  test('of an address that cannot be read is a refusal', async () => {
    expect(await doors.ask('/api/boards/%E0%A4%A')).toMatchObject({ status: 400, json: { ok: false, code: 'invalid' } });
  });
});

describe('a gathering', () => {
  test('comes with its seats and its page', async () => {
    const { json: body } = await doors.ask('/api/boards/harbour/gatherings/gathering1');
    expect(body).toMatchObject({ gathering: { id: 'gathering1', taken: 3 }, views: [{ id: 'details/gathering1' }] });
  });

  test('that is not there is a refusal', async () => {
    expect((await doors.ask('/api/boards/harbour/gatherings/elsewhere')).status).toBe(404);
  });
});

test('what concerns me is for me alone', async () => {
  const { person, cookie } = await doors.guest();
  expect((await doors.ask('/api/boards/harbour/me')).status).toBe(401);
  const mine = await doors.ask('/api/boards/harbour/me', { headers: { cookie } });
  expect(mine.json).toMatchObject({ person, views: [{ id: `me/${person}` }] });
  expect(mine.headers.get('cache-control')).toBe('no-store');
});

describe('making a board', () => {
  const wish = { name: 'Harbour', zone: 'Asia/Hong_Kong', from: '2026-11-14', to: '2026-11-15' };

  test('is the administrator’s, and answers with the organiser’s link', async () => {
    const made = await doors.write('/api/boards/harbour', wish, doors.admin);
    expect(made.status).toBe(201);
    const result = made.json['result'] as Record<string, string>;
    expect(result['organiserKey']).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(result['organiserUrl']).toBe(`${doors.url}/b/harbour/organise#${result['organiserKey']}`);
    expect(doors.asked).toMatchObject([
      { board: 'harbour', command: { ...wish, type: 'createBoard', slug: 'harbour', organiserKey: result['organiserKey'] } },
      { board: '_', command: { type: 'listBoard', slug: 'harbour' } },
    ]);
  });

  test('is nobody else’s', async () => {
    const { cookie } = await doors.guest();
    expect((await doors.write('/api/boards/harbour', wish)).status).toBe(401);
    expect((await doors.write('/api/boards/harbour', wish, { cookie })).status).toBe(403);
    expect((await doors.write('/api/boards/_', wish, doors.admin)).status).toBe(400);
    expect(doors.asked).toEqual([]);
  });

  test('again lists it once more, and says that it is there', async () => {
    doors.answer = ({ type }) => (type === 'createBoard' ? { ok: false, code: 'idTaken' } : { ok: true, rev: 1 });
    expect(await doors.write('/api/boards/harbour', wish, doors.admin)).toMatchObject({ status: 409, json: { code: 'idTaken' } });
    expect(doors.asked.map(({ board: slug }) => slug)).toEqual(['harbour', '_']);
  });

  test('keeps the key its own, whatever the body says', async () => {
    await doors.write(
      '/api/boards/harbour',
      { ...wish, organiserKey: 'known-to-everybody', type: 'announce', id: 'other-id' },
      doors.admin,
    );
    expect(doors.asked[0]?.command).toMatchObject({ type: 'createBoard' });
    expect(doors.asked[0]?.command).not.toMatchObject({ organiserKey: 'known-to-everybody' });
  });
});
