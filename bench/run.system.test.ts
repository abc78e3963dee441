/** Every scene, with a handful of phones: what is measured by hand now and then must not rot meanwhile. Nothing here looks at a time. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const RUN = fileURLToPath(new URL('run.ts', import.meta.url));

/** Seconds on two free cores; it starts some fifty processes, so a machine that others use takes its time. */
const SLOW_MACHINE_MS = 900_000;

const bench = async (...args: readonly string[]): Promise<{ code: unknown; text: string }> => {
  const child = spawn(process.execPath, ['--import', 'tsx', RUN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  const keep = (part: Buffer): void => {
    text += part.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, text };
};

test('every scene of the bench runs, and tells each bar with what stood beside it', { timeout: SLOW_MACHINE_MS }, async () => {
  const { code, text } = await bench('--small');
  expect(code, text).toBe(0);
  const rows = text.split('\n').filter((line) => line.startsWith('| '));
  for (const bar of ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P11', 'P12', 'R10']) {
    expect(
      rows.some((row) => row.startsWith(`| ${bar} `) || row.startsWith(`| ${bar},`)),
      `a row for ${bar} in\n${text}`,
    ).toBe(true);
  }
});

test('a scene that does not exist is answered with those that do', { timeout: SLOW_MACHINE_MS }, async () => {
  const { code, text } = await bench('fan-in');
  expect(code).toBe(1);
  expect(text).toContain('There is no scene "fan-in"; there are: fan-out, busy,');
});
