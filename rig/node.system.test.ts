/** A rig that is killed leaves no servers behind. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { eventually } from './wait.ts';

const NODE = new URL('node.ts', import.meta.url).href;

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

test('a node ends when the process that started it is killed', async () => {
  const data = await mkdtemp(join(tmpdir(), 'huddle-leash-'));
  const rig = `import { ServerNode } from ${JSON.stringify(NODE)};
    const node = await ServerNode.start({ data: ${JSON.stringify(data)}, adminToken: 'the-administrators-token' });
    console.log(node.url);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', rig], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const url = String(said).trim();
  expect(await answers(url)).toBe(true);
  child.kill('SIGKILL');
  await eventually('the node has ended', async () => !(await answers(url)), 30_000);
  await rm(data, { recursive: true });
});
