/** A rig that is killed leaves no servers behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventually } from './wait.ts';

const [NODE, REDIS] = ['node.ts', 'redis.ts'].map((file) => JSON.stringify(new URL(file, import.meta.url).href));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huddle-leash-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** A process that starts a server, says on which port, and is killed. @param starting names it `server` */
const killedRig = async (starting: string): Promise<number> => {
  const rig = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', `${starting}; console.log(server.port);`], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
    // Where its Redis puts its data.
    env: { ...process.env, TMPDIR: folder },
  });
  const [said] = (await once(rig.stdout, 'data')) as [Buffer];
  const port = Number(said);
  expect(await listens(port)).toBe(true);
  rig.kill('SIGKILL');
  return port;
};

test('a node ends when the process that started it is killed', async () => {
  const options = `{ data: ${JSON.stringify(folder)}, adminToken: 'the-administrators-token' }`;
  const port = await killedRig(`import { ServerNode } from ${NODE ?? ''}; const server = await ServerNode.start(${options})`);
  await eventually('the node has ended', async () => !(await listens(port)), 30_000);
});

test('a Redis server ends when the process that started it is killed, also one that is paused', async () => {
  const redis = `import { startRedis } from ${REDIS ?? ''}; const server = await startRedis()`;
  const port = await killedRig(redis);
  await eventually('Redis has ended', async () => !(await listens(port)), 30_000);
  const paused = await killedRig(`${redis}; server.pause()`);
  await eventually('the paused Redis has ended', async () => !(await listens(paused)), 30_000);
});
