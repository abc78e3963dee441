import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Phone } from '@huddle/rig/phone.ts';
import type { BoardView } from '@huddle/shared/board.ts';
import type { Snapshot } from '@huddle/shared/protocol.ts';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApp, type App, type AppParts } from './app.ts';
import { ensureFirstBoard } from './first-board.ts';
import { openEmbeddedStore } from './store/embedded.ts';
import type { Store } from './store/store.ts';

const adminToken = 'the-administrators-token';
const HOUR = 3_600_000;
let folder: string;
let store: Store;
let app: App;
let url: string;

const start = async (parts: Partial<AppParts> = {}): Promise<void> => {
  store = await openEmbeddedStore({ folder, now: Date.now });
  app = await createApp({
    store,
    adminToken,
    now: Date.now,
    random: randomBytes,
    config: { origins: [], publicUrl: undefined, pushContact: undefined, sessionSecrets: undefined, trustProxy: false },
    log: pino({ level: 'silent' }),
    ...parts,
  });
  const { port } = await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${port}`;
};
const stop = async (): Promise<void> => {
  await app.close();
  await store.close();
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huddle-app-'));
  await start();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const post = (path: string, body: unknown, headers: Record<string, string>): Promise<Response> =>
  fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
const day = (offset: number): string => new Date(Date.now() + offset * 24 * HOUR).toISOString().slice(0, 10);
const createBoard = (): Promise<Response> =>
  post(
    '/api/boards/harbour',
    { name: 'Harbour Meetup', zone: 'Asia/Hong_Kong', from: day(-1), to: day(2) },
    { authorization: `Bearer ${adminToken}` },
  );
const guest = async (): Promise<string> => {
  const response = await fetch(`${url}/api/session`, { method: 'POST', headers: { origin: url } });
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
};
const snapshotOf = async (): Promise<Snapshot> => (await (await fetch(`${url}/api/boards/harbour`)).json()) as Snapshot;

test('a board is made, a gathering posted and a seat taken, all over HTTP', async () => {
  expect((await createBoard()).status).toBe(201);
  expect(await (await fetch(`${url}/api/boards`)).json()).toMatchObject({ boards: [{ slug: 'harbour', name: 'Harbour Meetup' }] });

  const cookie = await guest();
  const say = async (id: string, command: object): Promise<unknown> =>
    (await post('/api/boards/harbour/commands', { id, ...command }, { origin: url, cookie })).json();
  expect(await say('command-1', { type: 'setName', name: 'Mei' })).toMatchObject({ ok: true });
  const times = { start: Date.now() + HOUR, end: Date.now() + 2 * HOUR };
  expect(
    await say('command-2', { type: 'postGathering', gathering: 'gathering-1', title: 'Corner', kind: 'corner', capacity: 2, ...times }),
  ).toMatchObject({
    ok: true,
  });
  expect(await say('command-3', { type: 'takeSeat', gathering: 'gathering-1' })).toMatchObject({ ok: true, result: { status: 'going' } });
  expect((await snapshotOf()).gatherings).toMatchObject([{ id: 'gathering-1', title: 'Corner', hosts: ['Mei'], taken: 1, capacity: 2 }]);
  const seen = await fetch(`${url}/api/boards/harbour/gatherings/gathering-1`);
  expect(await seen.json()).toMatchObject({ gathering: { title: 'Corner' } });
  const none = await fetch(`${url}/api/boards/harbour/gatherings/gathering-2`);
  expect([none.status, await none.json()]).toMatchObject([404, { ok: false, code: 'notFound', field: 'gathering' }]);
});

test('the first start makes the sample week, a later one leaves everything as it is', async () => {
  const parts = { boards: app.boards, now: Date.now, random: randomBytes };
  expect(await ensureFirstBoard(parts)).toBeUndefined();
  const sample = await app.boards.find('sample');
  expect(sample?.stored.gatherings.length).toBeGreaterThan(20);
  const cursor = sample?.snapshot().snapshot.cursor;
  expect(await ensureFirstBoard(parts)).toBeUndefined();
  expect(sample?.snapshot().snapshot.cursor).toBe(cursor);
});

test('B7: a command sent again has its effect once, and the same answer', async () => {
  await createBoard();
  const cookie = await guest();
  const command = { id: 'command-1', type: 'setName', name: 'Mei' };
  const send = async (body: object): Promise<unknown> => (await post('/api/boards/harbour/commands', body, { origin: url, cookie })).json();
  const first = await send(command);
  expect(await send(command)).toEqual(first);
  expect(await send({ ...command, name: 'Another' })).toMatchObject({ ok: false, code: 'idReused' });
});

test('a session outlives a restart, because its secret is in the store', async () => {
  await createBoard();
  const cookie = await guest();
  const me = async (): Promise<unknown> => (await fetch(`${url}/api/boards/harbour/me`, { headers: { cookie } })).json();
  const before = (await me()) as { person: string };
  await stop();
  await start();
  expect(await me()).toMatchObject({ person: before.person });
});

test('a board that is there is not made twice', async () => {
  const first = (await (await createBoard()).json()) as { result: { organiserKey: string } };
  const again = await createBoard();
  expect([again.status, await again.json()]).toMatchObject([409, { code: 'idTaken' }]);
  expect(app.boards).toBeDefined();
  expect((await app.boards.find('harbour'))?.stored.self?.organiserKey).toBe(first.result.organiserKey);
});

test('a list is brought in by the administrator or an organiser, and taken out as it came', async () => {
  await createBoard();
  const csv = `id,title,start,end,place\na1,Corner,${day(0)} 18:00,${day(0)} 19:00,Bar\na2,,${day(0)} 18:00,${day(0)} 19:00,Bar\n`;
  const send = (headers: Record<string, string>, format = 'csv'): Promise<Response> =>
    fetch(`${url}/api/boards/harbour/import?format=${format}`, { method: 'POST', headers, body: csv });
  const cookie = await guest();
  expect((await send({ origin: url, cookie })).status).toBe(403);
  expect((await send({ origin: url })).status).toBe(401);
  expect(await (await send({ authorization: `Bearer ${adminToken}` }, 'xls')).json()).toMatchObject({ code: 'invalid', field: 'format' });

  const organiserKey = (await app.boards.find('harbour'))?.stored.self?.organiserKey;
  await post('/api/boards/harbour/commands', { id: 'command-1', type: 'setName', name: 'Mei' }, { origin: url, cookie });
  await post('/api/boards/harbour/commands', { id: 'command-2', type: 'becomeOrganiser', key: organiserKey }, { origin: url, cookie });
  const brought = await send({ origin: url, cookie });
  expect(brought.headers.get('content-type')).toBe('application/x-ndjson');
  const lines = (await brought.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toMatchObject([{ done: 0, of: 1 }, { done: 1, of: 1 }, { report: { added: 1, skipped: [{ line: 3, field: 'title' }] } }]);
  expect((await snapshotOf()).gatherings).toMatchObject([{ title: 'Corner', place: 'Bar' }]);

  const taken = await fetch(`${url}/api/boards/harbour/export?format=csv`, { headers: { cookie } });
  expect(taken.headers.get('content-disposition')).toBe('attachment; filename="harbour.csv"');
  expect(await taken.text()).toContain('Corner');
  expect((await fetch(`${url}/api/boards/harbour/export?format=csv`)).status).toBe(401);
});

test('a list that is too large is refused before it is read', async () => {
  await createBoard();
  const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
  const headers = { authorization: `Bearer ${adminToken}` };
  const response = await fetch(`${url}/api/boards/harbour/import?format=csv`, { method: 'POST', headers, body });
  expect([response.status, await response.json()]).toMatchObject([413, { code: 'tooLarge' }]);
});

test('what is wrong with a command is said by its field', async () => {
  const response = await post('/api/boards/harbour', { name: '', zone: 'Nowhere/Land' }, { authorization: `Bearer ${adminToken}` });
  expect([response.status, await response.json()]).toMatchObject([400, { ok: false, code: 'invalid', field: 'name' }]);
});

test('N7: a node that leaves is not ready, and takes nobody new', async () => {
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  await app.close();
  await expect(fetch(`${url}/readyz`)).rejects.toThrow();
});

test('a port that is taken is an error with a code', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const second = await createApp({
    store,
    adminToken,
    now: Date.now,
    random: randomBytes,
    config: { origins: [], publicUrl: undefined, pushContact: undefined, sessionSecrets: undefined, trustProxy: false },
    log: pino({ level: 'silent' }),
  });
  await expect(second.listen((other.address() as AddressInfo).port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await second.close();
  other.close();
});

/** Names of the metrics that are ours; of a distribution, without what Prometheus adds to it. */
const metricsIn = (text: string): readonly string[] =>
  [...new Set(text.match(/\bhuddle_[a-z_]+/g) ?? [])].map((name) => name.replace(/_(?:bucket|sum|count)$/, '')).sort();

test('docs/operating.md names every metric that there is, and none that there is not', async () => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const described = await readFile(new URL('../../docs/operating.md', import.meta.url), 'utf8');
  expect([...new Set(metricsIn(described))]).toEqual([...new Set(metricsIn(text))]);
});

test('what a commit took, how many it held, and how soon phones were told are counted', async () => {
  const countOf = async (name: string): Promise<number> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  const before = await countOf('huddle_commit_seconds_count');
  await createBoard();
  // The board, and its line on the deployment's list.
  await vi.waitFor(async () => expect(await countOf('huddle_commit_seconds_count')).toBeGreaterThanOrEqual(before + 2));
  expect(await countOf('huddle_commit_commands_sum')).toBeGreaterThanOrEqual(before + 2);
  await vi.waitFor(async () => expect(await countOf('huddle_change_to_socket_seconds_count')).toBeGreaterThan(0));
  expect(await countOf('huddle_tick_lag_seconds_count')).toBeGreaterThan(0);
  expect(await countOf('huddle_sockets')).toBe(0);
});

test('N3: an exception in a tick ends neither the node nor the board’s beat: it is counted, and every phone catches up', async () => {
  await createBoard();
  const phones = [await Phone.join({ url, board: 'harbour' }), await Phone.join({ url, board: 'harbour' })];
  const rename = (name: string): Promise<Response> =>
    post('/api/boards/harbour/commands', { id: `name-${name}`, type: 'editBoard', name }, { authorization: `Bearer ${adminToken}` });
  const allShow = async (name: string): Promise<void> => {
    for (const phone of phones) await phone.until(() => phone.view<BoardView>('board/harbour')?.name === name);
  };
  const { feed } = await app.boards.at('harbour');
  const [unlucky] = [...feed.members('public')];
  vi.spyOn(unlucky!, 'send').mockImplementationOnce(() => {
    throw new Error('planted');
  });
  for (const name of ['North', 'South']) {
    await rename(name);
    await allShow(name);
  }
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^huddle_ticks_failed_total 1$/m);
  expect(phones.map(({ connected }) => connected)).toEqual([true, true]);
  for (const phone of phones) phone.drop();
});
