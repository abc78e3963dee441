import { randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Ack, Audience, Snapshot } from '@huddle/shared/protocol.ts';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, Boards, ServedBoard, SnapshotFile } from '../live/api.ts';
import { Bucket } from '../live/limit.ts';
import { Meter } from '../live/meter.ts';
import { StoreAway } from '../store/store.ts';
import { bearerCheck } from './admin.ts';
import { createMetrics } from './metrics.ts';
import { createOriginPolicy } from './origin.ts';
import type { HttpParts } from './parts.ts';
import { createRoutes } from './routes.ts';
import { createSessions } from './session.ts';
import { sessionRoutes } from './sessions.ts';

const TOKEN = 'the-administrators-token';
const HOUR = 3_600_000;
const snapshot: Snapshot = {
  cursor: '3.abc',
  serverNow: Date.UTC(2026, 10, 14, 9),
  board: { id: 'board/harbour', name: 'Harbour </script> & Co', zone: 'Asia/Hong_Kong', from: '2026-11-14', to: '2026-11-15' },
  places: [],
  notices: [],
  gatherings: [
    {
      id: 'gathering1',
      title: 'ZK "corner", <b>meeting</b>',
      kind: 'corner',
      place: 'Coffee bar',
      start: Date.UTC(2026, 10, 14, 10, 30),
      end: Date.UTC(2026, 10, 14, 10, 30) + HOUR,
      capacity: 8,
      hosts: ['Mei'],
      taken: 3,
    },
  ],
};

/** What the doors were asked, and what they shall answer. */
let asked: { command: unknown; actor: Actor; board: string }[] = [];
let answer: (command: Record<string, unknown>) => Ack | Promise<Ack>;
let findBoards: Boards['find'];
let time = snapshot.serverNow;

const json = Buffer.from(JSON.stringify(snapshot));
class FakeBoard implements ServedBoard {
  readonly stored = { self: undefined, gatherings: [] };
  readonly slug: string;
  readonly #file = { snapshot, etag: '"3.abc"', json, gzip: gzipSync(json) };

  constructor(slug: string) {
    this.slug = slug;
  }

  async submit(command: unknown, actor: Actor): Promise<Ack> {
    asked.push({ command, actor, board: this.slug });
    return answer(command as Record<string, unknown>);
  }

  snapshot(): SnapshotFile {
    return this.#file;
  }

  organises(actor: Actor | undefined): boolean {
    return actor?.kind === 'admin';
  }

  open(audience: Audience, actor: Actor | undefined): ReturnType<ServedBoard['open']> {
    const id = this.slug === 'harbour' && actor?.kind === 'person' ? actor.id : undefined;
    if (audience === 'gathering/gathering1')
      return { ok: true, views: [{ id: 'details/gathering1', description: 'Bring; a, pen', notices: [] }] };
    if (id !== undefined && audience === `person/${id}`) return { ok: true, views: [{ id: `me/${id}`, name: 'Mei', readTo: 0 }] };
    return { ok: false, code: 'notFound' };
  }
}
const board = (slug: string): ServedBoard => new FakeBoard(slug);

let listed: Awaited<ReturnType<Boards['list']>>;
const boards: Boards = { find: (slug) => findBoards(slug), at: async (slug) => board(slug), list: async () => listed };
const meter = new Meter();
const lines: string[] = [];
const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });

let server: Server;
let url: string;
let folder: string;
let parts: HttpParts;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huddle-client-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'assets', 'index-1234.js'), 'console.log(1)');
  await writeFile(join(folder, 'icon.svg'), '<svg/>');
  await mkdir(join(folder, '.vite'));
  await writeFile(
    join(folder, '.vite', 'manifest.json'),
    JSON.stringify({
      'index.html': { file: 'assets/index-1234.js', imports: ['_shared.js'] },
      '_shared.js': { file: 'assets/shared.js' },
      '_plural.js': { file: 'assets/plural.js' },
      'src/text/en.ts': { file: 'assets/en.js', imports: ['_plural.js'] },
      'src/text/zh-Hant.ts': { file: 'assets/zh-Hant.js' },
      'src/text/zh-Hans.ts': { file: 'assets/zh-Hans.js' },
      'src/gathering/GatheringPage.svelte': { file: 'assets/gathering.js', imports: ['_shared.js'], css: ['assets/gathering.css'] },
    }),
  );
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><head><title>Huddle</title>\n<meta name="description" content="x" /></head><body><div id="app"></div></body></html>',
  );
  const isBearer = bearerCheck(TOKEN);
  parts = {
    boards,
    isBearer,
    log,
    sessions: createSessions({ secrets: ['secret'], now: () => time, random: randomBytes }),
    origins: createOriginPolicy({ origins: [], trustProxy: true, isBearer }),
    health: () => ({ reachable: true, durability: 'full' }),
    ready: async () => true,
    staying: () => true,
    metrics: createMetrics(meter),
    now: () => time,
    random: randomBytes,
    publicUrl: undefined,
    client: folder,
  };
  server = createServer(createRoutes(parts));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  asked = [];
  lines.length = 0;
  answer = () => ({ ok: true, rev: 4 });
  // The deployment's own board is there for whoever gets through to ask for it.
  findBoards = async (slug) => (['harbour', '_'].includes(slug) ? board(slug) : undefined);
  listed = [];
  time += 10_000;
});

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: { [key: string]: unknown };
}
const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
  const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as Answer['json']) : {} };
};
const write = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { origin: url, 'content-type': 'application/json', ...headers },
  });
const guest = async (): Promise<{ person: string; cookie: string }> => {
  const { json: body, headers } = await write('/api/session', '');
  return { person: String(body['person']), cookie: String(headers.getSetCookie()[0]).split(';')[0]! };
};
const admin = { authorization: `Bearer ${TOKEN}` };

describe('a session', () => {
  test('is made once: whoever has one keeps it', async () => {
    const first = await write('/api/session', '');
    expect(first.status).toBe(201);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.headers.getSetCookie()[0]).not.toContain('Secure');
    const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
    const second = await write('/api/session', '', { cookie });
    expect(second.status).toBe(200);
    expect(second.headers.getSetCookie()).toEqual([]);
    expect(second.json).toEqual(first.json);
  });

  test('is for https alone where the page came by https', async () => {
    const made = await write('/api/session', '', { origin: url.replace('http', 'https'), 'x-forwarded-proto': 'https' });
    expect(made.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });

  test('X6: is limited as a whole; whoever has one goes on, the surplus is told when to come back', async () => {
    const app = createServer(express().use(sessionRoutes(parts, new Bucket(2, 3, time))));
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
    const post = (headers: Record<string, string> = {}): Promise<Response> => fetch(target, { method: 'POST', headers });
    const made = [await post(), await post(), await post(), await post()];
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
    expect(made[3]!.headers.get('retry-after')).toBe('1');
    expect((await post({ cookie: made[0]!.headers.getSetCookie()[0]!.split(';')[0]! })).status).toBe(200);
    time += 500;
    expect((await post()).status).toBe(201);
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  });
});

describe('X1: writing', () => {
  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('from a page of %s is refused, whatever it shows', async (origin) => {
    const { cookie } = await guest();
    for (const headers of [{ cookie }, admin]) {
      const refused = await write('/api/boards/harbour/commands', { id: 'command1', type: 'setName', name: 'Mei' }, { ...headers, origin });
      expect(refused.status).toBe(403);
      expect(refused.json).toMatchObject({ ok: false, code: 'forbidden' });
    }
    expect((await write('/api/session', '', { origin })).status).toBe(403);
    expect(asked).toEqual([]);
  });

  test('without an Origin needs the right token', async () => {
    const { cookie } = await guest();
    const send = (headers: Record<string, string>): Promise<Answer> =>
      ask('/api/boards/harbour/commands', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', ...headers } });
    expect((await send({ cookie })).status).toBe(403);
    expect((await send({ cookie, authorization: 'Bearer wrong' })).status).toBe(403);
    expect((await send(admin)).status).toBe(200);
  });
});

describe('a command', () => {
  const wish = { id: 'command1', type: 'setName', name: 'Mei' };

  test('is submitted as the person of the session', async () => {
    const { person, cookie } = await guest();
    const done = await write('/api/boards/harbour/commands', wish, { cookie });
    expect(done.status).toBe(200);
    expect(done.json).toEqual({ ok: true, rev: 4 });
    expect(asked).toEqual([{ command: wish, actor: { kind: 'person', id: person }, board: 'harbour' }]);
  });

  test('needs a session', async () => {
    expect(await write('/api/boards/harbour/commands', wish)).toMatchObject({ status: 401, json: { ok: false, code: 'sessionNeeded' } });
    expect(asked).toEqual([]);
  });

  test('with a wrong token is nobody’s, even beside a good session', async () => {
    const { cookie } = await guest();
    expect((await write('/api/boards/harbour/commands', wish, { cookie, authorization: 'Bearer wrong' })).status).toBe(401);
  });

  test('of the administrator may go to a board that is not there yet, and to the deployment’s own', async () => {
    await write('/api/boards/new-board/commands', wish, admin);
    await write('/api/boards/_/commands', wish, admin);
    expect(asked.map(({ board: slug, actor }) => [slug, actor.kind])).toEqual([
      ['new-board', 'admin'],
      ['_', 'admin'],
    ]);
  });

  test('of a guest may not', async () => {
    const { cookie } = await guest();
    for (const slug of ['new-board', '_', '__proto__', 'Harbour', '..%2f_']) {
      expect((await write(`/api/boards/${slug}/commands`, wish, { cookie })).status).toBe(404);
    }
    expect(asked).toEqual([]);
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
    const { cookie } = await guest();
    answer = () => ({ ok: false, code, retryAfterMs: 1500 });
    const refused = await write('/api/boards/harbour/commands', wish, { cookie });
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
    ['more than 8 KB', `{"a":"${'x'.repeat(8200)}"}`, 'application/json', 413, 'tooLarge'],
  ])('of %s is refused in JSON', async (_, body, type, status, code) => {
    const { cookie } = await guest();
    const refused = await write('/api/boards/harbour/commands', body, { cookie, 'content-type': type });
    expect(refused).toMatchObject({ status, json: { ok: false, code } });
    expect(asked).toEqual([]);
  });

  test('that fails for a reason nobody expected is answered without that reason, and logged without what was sent', async () => {
    const { cookie } = await guest();
    answer = () => {
      throw new Error('secret reason');
    };
    const failed = await write('/api/boards/harbour/commands', { ...wish, name: 'Private Person' }, { cookie });
    expect(failed).toMatchObject({ status: 500, json: { ok: false, code: 'internal' } });
    expect(failed.text).not.toContain('secret');
    expect(lines.join()).toContain('secret reason');
    expect(lines.join()).not.toContain('Private Person');
    expect(lines.join()).not.toContain(cookie.split('=')[1]);
  });

  test('while the store is away is answered with 503 and when to come back', async () => {
    const { cookie } = await guest();
    findBoards = () => Promise.reject(new StoreAway('gone'));
    const away = await write('/api/boards/harbour/commands', wish, { cookie });
    expect(away).toMatchObject({ status: 503, json: { ok: false, code: 'retry' } });
    expect(away.headers.get('retry-after')).toBe('1');
  });

  test('by another method is refused with those that exist', async () => {
    const refused = await ask('/api/boards/harbour/commands');
    expect(refused).toMatchObject({ status: 405, json: { ok: false, code: 'invalid' } });
    expect(refused.headers.get('allow')).toBe('POST');
  });
});

describe('a snapshot', () => {
  test('is compressed where the reader can, and 304 for one who has it', async () => {
    const first = await ask('/api/boards/harbour');
    expect(first.json).toEqual(snapshot);
    expect(first.headers.get('content-encoding')).toBe('gzip');
    expect(first.headers.get('cache-control')).toBe('public, max-age=1');
    const etag = first.headers.get('etag')!;
    expect(etag).toBe('W/"3.abc"');
    const again = await ask('/api/boards/harbour', { headers: { 'if-none-match': etag } });
    expect([again.status, again.text]).toEqual([304, '']);
    const plain = await ask('/api/boards/harbour', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.json).toEqual(snapshot);
  });

  test('of no board is a refusal', async () => {
    for (const slug of ['elsewhere', '_', '%00', 'a'.repeat(200)]) {
      expect(await ask(`/api/boards/${slug}`)).toMatchObject({ status: 404, json: { ok: false, code: 'notFound' } });
    }
  });

  test('of an address that cannot be read is a refusal', async () => {
    expect(await ask('/api/boards/%E0%A4%A')).toMatchObject({ status: 400, json: { ok: false, code: 'invalid' } });
  });
});

describe('a gathering', () => {
  test('comes with its seats and its page', async () => {
    const { json: body } = await ask('/api/boards/harbour/gatherings/gathering1');
    expect(body).toMatchObject({ gathering: { id: 'gathering1', taken: 3 }, views: [{ id: 'details/gathering1' }] });
  });

  test('that is not there is a refusal', async () => {
    expect((await ask('/api/boards/harbour/gatherings/elsewhere')).status).toBe(404);
  });
});

test('what concerns me is for me alone', async () => {
  const { person, cookie } = await guest();
  expect((await ask('/api/boards/harbour/me')).status).toBe(401);
  const mine = await ask('/api/boards/harbour/me', { headers: { cookie } });
  expect(mine.json).toMatchObject({ person, views: [{ id: `me/${person}` }] });
  expect(mine.headers.get('cache-control')).toBe('no-store');
});

describe('making a board', () => {
  const wish = { name: 'Harbour', zone: 'Asia/Hong_Kong', from: '2026-11-14', to: '2026-11-15' };

  test('is the administrator’s, and answers with the organiser’s link', async () => {
    const made = await write('/api/boards/harbour', wish, admin);
    expect(made.status).toBe(201);
    const result = made.json['result'] as Record<string, string>;
    expect(result['organiserKey']).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(result['organiserUrl']).toBe(`${url}/b/harbour/organise#${result['organiserKey']}`);
    expect(asked).toMatchObject([
      { board: 'harbour', command: { ...wish, type: 'createBoard', slug: 'harbour', organiserKey: result['organiserKey'] } },
      { board: '_', command: { type: 'listBoard', slug: 'harbour' } },
    ]);
  });

  test('is nobody else’s', async () => {
    const { cookie } = await guest();
    expect((await write('/api/boards/harbour', wish)).status).toBe(401);
    expect((await write('/api/boards/harbour', wish, { cookie })).status).toBe(403);
    expect((await write('/api/boards/_', wish, admin)).status).toBe(400);
    expect(asked).toEqual([]);
  });

  test('again lists it once more, and says that it is there', async () => {
    answer = ({ type }) => (type === 'createBoard' ? { ok: false, code: 'idTaken' } : { ok: true, rev: 1 });
    expect(await write('/api/boards/harbour', wish, admin)).toMatchObject({ status: 409, json: { code: 'idTaken' } });
    expect(asked.map(({ board: slug }) => slug)).toEqual(['harbour', '_']);
  });

  test('keeps the key its own, whatever the body says', async () => {
    await write('/api/boards/harbour', { ...wish, organiserKey: 'known-to-everybody', type: 'announce', id: 'other-id' }, admin);
    expect(asked[0]?.command).toMatchObject({ type: 'createBoard' });
    expect(asked[0]?.command).not.toMatchObject({ organiserKey: 'known-to-everybody' });
  });
});

describe('the page', () => {
  const inlined = (text: string): unknown => JSON.parse(/<script type="application\/json" id="snapshot">(.*?)<\/script>/s.exec(text)![1]!);

  test('of a board says what it is, and brings the snapshot', async () => {
    const page = await ask('/b/harbour');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-encoding')).toBe('gzip');
    expect(page.text).toContain('<title>Harbour &lt;/script&gt; &amp; Co · Huddle</title>');
    expect(page.text.match(/<title>/g)).toHaveLength(1);
    expect(page.text.match(/name="description"/g)).toHaveLength(1);
    expect(inlined(page.text)).toEqual({ ...snapshot, serverNow: time });
    expect(page.text.match(/<\/script>/g)).toHaveLength(1);
  });

  test('of a gathering says when it is in venue time, where, and whether there are seats', async () => {
    const page = await ask('/b/harbour/g/gathering1');
    expect(page.text).toContain('og:title" content="ZK &quot;corner&quot;, &lt;b&gt;meeting&lt;/b&gt; · Harbour');
    expect(page.text).toMatch(/og:description" content="Sat.*14 Nov.*18:30.*19:30 · Coffee bar · 5 of 8 seats free · with Mei"/);
  });

  test('of a gathering that is not there is the board, as 404', async () => {
    const page = await ask('/b/harbour/g/elsewhere');
    expect(page.status).toBe(404);
    expect(inlined(page.text)).toMatchObject({ cursor: snapshot.cursor });
  });

  test('of the client’s own addresses is the board’s', async () => {
    for (const path of ['/b/harbour/organise', '/b/harbour/g/gathering1/host', '/b/harbour/']) {
      const page = await ask(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(inlined(page.text)).toMatchObject({ cursor: snapshot.cursor });
    }
  });

  test('of no board says so, as 404', async () => {
    for (const path of ['/b/elsewhere', '/b/elsewhere/g/gathering1', '/elsewhere', '/b/_']) {
      const page = await ask(path);
      expect(page.status).toBe(404);
      expect(page.text).toContain('<title>Not found · Huddle</title>');
      expect(page.text).toContain('<div id="app">');
    }
  });

  test('P10: says in its head what the phone will ask for next: its language, and the screen', async () => {
    const headIn = async (path: string, language: string): Promise<string> => {
      const page = await ask(path, { headers: { 'accept-language': language } });
      expect(page.headers.get('vary')).toBe('Accept-Language, Accept-Encoding');
      return page.text.slice(0, page.text.indexOf('</head>'));
    };
    const board = await headIn('/b/harbour', 'en-GB,zh;q=0.5');
    expect(board.match(/modulepreload" crossorigin href="[^"]*"/g)).toEqual([
      'modulepreload" crossorigin href="/assets/en.js"',
      'modulepreload" crossorigin href="/assets/plural.js"',
    ]);
    expect(await headIn('/b/harbour', 'fr, zh-TW')).toContain('/assets/zh-Hant.js');
    expect(await headIn('/b/harbour', 'zh-CN, en')).toContain('/assets/zh-Hans.js');
    const gathering = await headIn('/b/harbour/g/gathering1', 'de');
    for (const href of ['/assets/gathering.js', '/assets/gathering.css', '/assets/en.js']) expect(gathering).toContain(`href="${href}"`);
    expect(gathering).not.toContain('/assets/shared.js');
  });

  test('B8: tells the time at which it was made, however old the snapshot is', async () => {
    time += HOUR;
    expect(inlined((await ask('/b/harbour')).text)).toMatchObject({ serverNow: time });
  });

  test('is made at most once a second, and 304 for one who has it', async () => {
    const etag = (await ask('/b/harbour')).headers.get('etag')!;
    expect((await ask('/b/harbour', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('of the deployment leads to the only board, else lists them', async () => {
    const one = { slug: 'harbour', name: 'Harbour', from: '2026-11-14', to: '2026-11-15' };
    listed = [one];
    const only = await ask('/');
    expect([only.status, only.headers.get('location')]).toEqual([302, '/b/harbour']);
    listed = [one, { ...one, slug: 'other' }];
    expect((await ask('/')).status).toBe(200);
    expect((await ask('/api/boards')).json).toEqual({ boards: listed });
  });

  test('names its own address only where the operator said it, because a stranger chooses the Host header', async () => {
    const sent = new Promise<string>((resolve, reject) => {
      const headers = { host: 'evil.example', 'accept-encoding': 'identity' };
      const request = httpRequest(`${url}/b/harbour`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      });
      request.on('error', reject).end();
    });
    expect(await sent).not.toContain('evil.example');
  });
});

describe('X7: every answer', () => {
  test.each(['/b/harbour', '/api/boards/harbour', '/elsewhere', '/assets/index-1234.js'])(
    'of %s carries the security headers',
    async (path) => {
      const { headers } = await ask(path);
      const csp = headers.get('content-security-policy')!;
      expect(csp).toContain("default-src 'self'");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).not.toMatch(/unsafe-(inline|eval)/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  test('C6: works on plain http, and asks for https only where it came by https', async () => {
    const plain = await ask('/b/harbour');
    expect(plain.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    expect(plain.headers.get('strict-transport-security')).toBeNull();
    const secure = await ask('/b/harbour', { headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  test('files with hashed names are for ever, all others are asked for again', async () => {
    expect((await ask('/assets/index-1234.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await ask('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
    expect((await ask('/index.html')).status).toBe(404);
    expect((await ask('/assets/..%2f..%2fetc%2fpasswd')).status).toBe(404);
  });
});

describe('iCalendar', () => {
  test('of the board has every gathering', async () => {
    const file = await ask('/b/harbour.ics');
    expect(file.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(file.text).toContain('X-WR-CALNAME:Harbour </script> & Co\r\n');
    expect(file.text).toContain('SUMMARY:ZK "corner"\\, <b>meeting</b>\r\n');
    expect(file.text).toContain('DTSTART:20261114T103000Z\r\n');
  });

  test('of a gathering has its description and link', async () => {
    const file = await ask('/b/harbour/g/gathering1.ics');
    expect(file.text.replaceAll('\r\n ', '')).toContain(`DESCRIPTION:Bring\\; a\\, pen\\n\\n${url}/b/harbour/g/gathering1\r\n`);
    expect((await ask('/b/harbour/g/elsewhere.ics')).status).toBe(404);
    expect((await ask('/b/elsewhere.ics')).status).toBe(404);
  });
});

describe('operators', () => {
  test('see that it lives, that it is ready, and what it counts', async () => {
    meter.command('setName', 'ok');
    meter.command('takeSeat', 'tooMany');
    meter.conflicts += 3;
    await ask('/api/boards/harbour');
    expect((await ask('/healthz')).json).toEqual({ ok: true, durability: 'full' });
    expect(await ask('/readyz')).toMatchObject({ status: 200, json: { ready: true } });
    const { text } = await ask('/metrics');
    expect(text).toContain('huddle_commands_total{type="setName",outcome="ok"} 1');
    expect(text).toContain('huddle_commands_total{type="takeSeat",outcome="tooMany"} 1');
    expect(text).toContain('huddle_conflicts_total 3');
    expect((await ask('/metrics')).text).toContain('huddle_conflicts_total 3');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('route="/:board"');
    expect(text).not.toContain('harbour');
  });
});

test('the description of the API names every command with its schema', async () => {
  const { json: body } = await ask('/api/openapi.json');
  const schemas = (body['components'] as { schemas: Record<string, { properties?: Record<string, unknown>; required?: string[] }> })
    .schemas;
  expect(schemas['takeSeat']).toMatchObject({
    properties: { id: {}, type: { const: 'takeSeat' }, gathering: {} },
    required: ['id', 'type', 'gathering'],
  });
  expect(gunzipSync(gzipSync(JSON.stringify(body))).length).toBeGreaterThan(5000);
});
