/** The deployment's administrator: whoever shows the token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { idFrom } from '@huddle/shared/ids.ts';
import { BadConfig } from '../config.ts';
import { makeDataFolder } from '../data-folder.ts';

/** Where the token is kept when the environment brings none. */
export const tokenFile = (folder: string): string => join(folder, 'admin-token');

/** What the file holds. Between making it and writing to it, another starting process may find it empty for a moment. */
const readToken = async (path: string): Promise<string> => {
  for (let tries = 1; tries <= 20; tries += 1) {
    const token = (await readFile(path, 'utf8')).trim();
    if (token !== '') return token;
    await pause(25);
  }
  throw new BadConfig(`${path} is empty: delete it, and the next start makes a new token.`);
};

/**
 * The token of the data folder, made at the first start; only its owner may read the file.
 * @throws BadConfig when the file cannot be used, and what the file system says of the folder
 */
export const ensureAdminToken = async (folder: string, random: (bytes: number) => Uint8Array): Promise<string> => {
  makeDataFolder(folder);
  // `wx` lets one of two starting processes win; both then read the same.
  await writeFile(tokenFile(folder), `${idFrom(random(32))}\n`, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  return readToken(tokenFile(folder)).catch((error: unknown): never => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new BadConfig(`${tokenFile(folder)} cannot be read (${String(error.code)}): move it away, and the next start makes a new token.`);
  });
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether an `Authorization` header shows the token, in the same time for every wrong one (RFC 6750 §2.1). */
export const bearerCheck = (token: string): ((authorization: string | undefined) => boolean) => {
  const right = digest(token);
  return (authorization) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    return token !== '' && given !== undefined && timingSafeEqual(digest(given), right);
  };
};
