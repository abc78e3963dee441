import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bearerCheck, ensureAdminToken, tokenFile } from './admin.ts';

test('the token is made once, and only its owner may read the file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huddle-'));
  try {
    const data = join(folder, 'data');
    const [first, second] = await Promise.all([ensureAdminToken(data, randomBytes), ensureAdminToken(data, randomBytes)]);
    expect(first).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(second).toBe(first);
    expect((await stat(tokenFile(data))).mode & 0o777).toBe(0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('only the token itself counts', () => {
  const isBearer = bearerCheck('the-right-token');
  expect(isBearer('Bearer the-right-token')).toBe(true);
  expect(isBearer('bearer the-right-token')).toBe(true);
  for (const wrong of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'the-right-token',
    'Basic the-right-token',
    'Bearer the-right-toke',
    'Bearer the-right-token x',
  ]) {
    expect(isBearer(wrong)).toBe(false);
  }
});

test('an empty token opens nothing', () => {
  expect(bearerCheck('')('Bearer ')).toBe(false);
});
