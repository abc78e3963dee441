import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
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

test('a file that holds no token, or is none, is said to be so in a sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huddle-'));
  try {
    await writeFile(tokenFile(folder), '\n');
    await expect(ensureAdminToken(folder, randomBytes)).rejects.toThrow(/admin-token is empty: delete it/);
    await rm(tokenFile(folder));
    await mkdir(tokenFile(folder));
    await expect(ensureAdminToken(folder, randomBytes)).rejects.toThrow(/admin-token cannot be read \(EISDIR\): move it away/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a file that another process has just made is read once it is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huddle-'));
  try {
    await writeFile(tokenFile(folder), '');
    const token = ensureAdminToken(folder, randomBytes);
    await writeFile(tokenFile(folder), 'written-a-moment-later');
    expect(await token).toBe('written-a-moment-later');
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
