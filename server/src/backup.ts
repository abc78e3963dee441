/** Copies of the data folder's boards, each a data file of its own (S5). */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedStore } from './store/embedded.ts';

/** A further copy in `<folder>/backup`, named by the moment (UTC); gives its path. @throws StoreAway, StoreUnfit */
export const backupInto =
  (store: Pick<EmbeddedStore, 'backup'>, folder: string, now: () => number): (() => Promise<string>) =>
  async () => {
    const into = join(folder, 'backup');
    await mkdir(into, { recursive: true, mode: 0o700 });
    const path = join(into, `huddle-${new Date(now()).toISOString().replaceAll(/[:.]/g, '-')}.db`);
    await store.backup(path);
    return path;
  };
