/** The deployment's administrator: whoever shows the token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idFrom } from '@huddle/shared/ids.ts';

/** Where the token is kept when the environment brings none. */
export const tokenFile = (folder: string): string => join(folder, 'admin-token');

/** The token of the data folder, made at the first start; only its owner may read the file. @throws what the file system says */
export const ensureAdminToken = async (folder: string, random: (bytes: number) => Uint8Array): Promise<string> => {
  await mkdir(folder, { recursive: true });
  // `wx` lets one of two starting processes win; both then read the same.
  await writeFile(tokenFile(folder), `${idFrom(random(32))}\n`, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  return (await readFile(tokenFile(folder), 'utf8')).trim();
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
