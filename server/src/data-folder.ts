/** The data folder of a node. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/**
 * Makes the folder, for its owner alone, and those above it that are missing. One by one, because Node's own `recursive` never comes back
 * where a file system has no room for folders, as /proc.
 * @throws what the file system says, with its `path` and `code`
 */
export const makeDataFolder = (folder: string): void => {
  const missing: string[] = [];
  for (let path = resolve(folder); !existsSync(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      // Another node that starts on the same folder was faster.
      if (!isThere(error)) throw error;
    }
  }
};
