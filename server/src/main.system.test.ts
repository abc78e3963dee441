import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServerNode } from '@huddle/rig/node.ts';
import { startRedis } from '@huddle/rig/redis.ts';
import { eventually } from '@huddle/rig/wait.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const adminToken = 'the-administrators-token';
let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'huddle-main-'));
});
afterEach(() => rm(data, { recursive: true }));

/** Starts a node that is expected to end by itself. */
const startInVain = (env: Record<string, string>): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/src/main.ts'], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], HUDDLE_DATA: data, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });

/** Makes a board. @returns its organiser's key */
const createBoard = async (url: string): Promise<string> => {
  const made = await fetch(`${url}/api/boards/harbour`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Harbour', zone: 'Asia/Hong_Kong', from: '2026-11-14', to: '2026-11-15' }),
  });
  return ((await made.json()) as { result: { organiserKey: string } }).result.organiserKey;
};

const listening = async (): Promise<Server> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

describe('a node that cannot start says why in one sentence, and ends', () => {
  test.each([
    ['a variable that cannot be used', { PORT: 'eighty' }, /^PORT is "eighty", but must be .*\n$/],
    ['an address of another machine', { HOST: '192.0.2.1' }, /^HOST is not an address of this machine.*\n$/],
    ['a Redis that is not there', { REDIS_URL: 'redis://127.0.0.1:1' }, /^Redis cannot be reached .*: start it, or correct REDIS_URL\.\n$/],
    ['a data folder that cannot be', { HUDDLE_DATA: '/dev/null/data' }, /^[^\n]*\/dev\/null\/data[^\n]*\n$/],
    ['a data folder where there are none', { HUDDLE_DATA: '/proc/huddle/data' }, /^\/proc\/huddle cannot be used[^\n]*HUDDLE_DATA\.\n$/],
  ])('%s', async (_, env, sentence) => {
    const { code, said } = await startInVain(env);
    expect(said).toMatch(sentence);
    expect(code).toBe(1);
  });

  test('a port that is taken', async () => {
    const other = await listening();
    const { port } = other.address() as AddressInfo;
    const { code, said } = await startInVain({ PORT: String(port) });
    other.close();
    expect(said).toBe(`Port ${port} is in use: stop what uses it, or choose another one with PORT.\n`);
    expect(code).toBe(1);
  });

  test('a folder where the data file should be', async () => {
    await mkdir(join(data, 'huddle.db'));
    const { code, said } = await startInVain({});
    expect(said).toMatch(/^[^\n]*huddle\.db is a folder[^\n]*\n$/);
    expect(code).toBe(1);
  });

  test('a data file that is none', async () => {
    await writeFile(join(data, 'huddle.db'), 'x'.repeat(8192));
    const { code, said } = await startInVain({});
    expect(said).toMatch(/^[^\n]*huddle\.db[^\n]*\n$/);
    expect(code).toBe(1);
  });
});

test('R9: one flipped bit in a board ends the node with a sentence, never with a wrong board', async () => {
  const node = await ServerNode.start({ data, adminToken });
  await createBoard(node.url);
  await node.stop();
  const file = join(data, 'huddle.db');
  const bytes = await readFile(file);
  const at = bytes.indexOf('Harbour');
  expect(at).toBeGreaterThan(0);
  bytes[at] = bytes[at]! ^ 1;
  await writeFile(file, bytes);
  const { code, said } = await startInVain({});
  expect(said).toMatch(/^[^\n]*huddle\.db[^\n]*\n$/);
  expect(code).toBe(1);
});

test('R8: a node whose store fails while it says hello stays, and serves', async () => {
  const redis = await startRedis();
  const first = await ServerNode.start({ data, adminToken, redisUrl: redis.url });
  await createBoard(first.url);
  await first.stop();
  const records = 'huddle:{harbour}:records';
  await redis.command('RENAME', records, 'aside');
  await redis.command('SET', records, 'no hash');
  const node = await ServerNode.start({ data, adminToken, redisUrl: redis.url });
  await eventually('it has said where it is', () => node.log.some((line) => line.includes('npm run board')));
  await redis.command('RENAME', 'aside', records);
  const answer = await fetch(`${node.url}/api/boards/harbour`);
  expect(answer.status).toBe(200);
  await node.stop();
  await redis.stop();
});

test('N7: asked to leave, a node ends in good order', async () => {
  const node = await ServerNode.start({ data, adminToken });
  const ended = node.ended();
  node.signal('SIGTERM');
  expect(await ended).toBe(0);
});

test('the terminal says where it is, and logs carry neither token nor organiser’s key', async () => {
  const node = await ServerNode.start({ data, adminToken, env: { LOG_LEVEL: 'trace' } });
  const organiserKey = await createBoard(node.url);
  await node.stop();
  expect(node.log.join('\n')).toContain(`http://localhost:${node.port}`);
  const logged = node.log.filter((line) => line.startsWith('{')).join('\n');
  expect(logged).toContain('listening');
  expect(logged).not.toContain(adminToken);
  expect(logged).not.toContain(organiserKey);
});
