/** Makes a Redis server write its files anew: its log of commands otherwise holds what was written over long ago. */
import { setTimeout as pause } from 'node:timers/promises';
import { infoOf, type LinkNode } from './redis-link.ts';
import { StoreAway } from './store.ts';

const ASK_MS = 100;
/** So long the files of a large server may take. */
const PATIENCE_MS = 120_000;

type Info = ReadonlyMap<string, string>;
const persistence = async ({ commands }: LinkNode): Promise<Info> => infoOf(await commands.info('persistence'));

/** Until that is done. @throws StoreAway */
const done = async (node: LinkNode, isBusy: (info: Info) => boolean, status: string): Promise<void> => {
  for (let waited = 0; waited < PATIENCE_MS; waited += ASK_MS) {
    const info = await persistence(node);
    if (!isBusy(info)) {
      if (info.get(status) === 'ok') return;
      throw new StoreAway(`Redis at ${node.name} could not write its files anew (${status} is ${info.get(status) ?? 'not shown'})`);
    }
    await pause(ASK_MS);
  }
  throw new StoreAway(`Redis at ${node.name} writes its files for longer than two minutes`);
};

const isRewriting = (info: Info): boolean => info.get('aof_rewrite_in_progress') !== '0' || info.get('aof_rewrite_scheduled') !== '0';
const isSaving = (info: Info): boolean => info.get('rdb_bgsave_in_progress') !== '0';

/** Whether the server makes snapshots by itself, which would keep what they hold. Where CONFIG is forbidden, it is taken to. */
const makesSnapshots = async ({ commands }: LinkNode): Promise<boolean> =>
  commands.configGet('save').then(
    ({ save }) => save !== '',
    () => true,
  );

/**
 * The append-only file, where there is one, and the snapshot, where the server makes any; both by a process of its own, so that commands
 * go on. A replica's files are its own: see docs/operating.md.
 * @throws StoreAway when it did not succeed, or one that began earlier is under way
 */
export const rewriteFiles = async (node: LinkNode): Promise<void> => {
  const { commands } = node;
  const away = (error: unknown): never => {
    throw error instanceof StoreAway ? error : new StoreAway(`Redis at ${node.name}: ${String(error)}`, { cause: error });
  };
  try {
    if ((await persistence(node)).get('aof_enabled') === '1') {
      await commands.sendCommand(['BGREWRITEAOF']);
      await done(node, isRewriting, 'aof_last_bgrewrite_status');
    }
    if (await makesSnapshots(node)) {
      await commands.sendCommand(['BGSAVE']);
      await done(node, isSaving, 'rdb_last_bgsave_status');
    }
  } catch (error) {
    away(error);
  }
};
