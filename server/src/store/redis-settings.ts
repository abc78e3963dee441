/** Whether a Redis server keeps what it acknowledges (S4). */
import { infoOf, type LinkNode } from './redis-link.ts';

/** What each setting must be, so that no acknowledged commit is lost. */
const WANTED: ReadonlyMap<string, string> = new Map([
  ['appendonly', 'yes'],
  ['appendfsync', 'always'],
  ['no-appendfsync-on-rewrite', 'no'],
  ['maxmemory-policy', 'noeviction'],
]);

export interface SettingsVerdict {
  /** One clause for each setting that loses commits: `appendonly is no (must be yes)`. */
  readonly unsafe: readonly string[];
  /** Settings that this server does not show. */
  readonly unseen: readonly string[];
}

export const judgeSettings = (settings: ReadonlyMap<string, string>): SettingsVerdict => {
  const unsafe: string[] = [];
  const unseen: string[] = [];
  for (const [name, wanted] of WANTED) {
    const value = settings.get(name);
    if (value === undefined) unseen.push(name);
    else if (value !== wanted) unsafe.push(`${name} is ${value} (must be ${wanted})`);
  }
  return { unsafe, unseen };
};

/** Reads a server's settings: CONFIG, or, where that is forbidden, what little INFO tells. */
export const readSettings = async ({ commands }: LinkNode): Promise<ReadonlyMap<string, string>> => {
  try {
    const found = await Promise.all([...WANTED.keys()].map((name) => commands.configGet(name)));
    return new Map(found.flatMap((settings) => Object.entries(settings)));
  } catch {
    const info = infoOf(await commands.info());
    const settings = new Map<string, string>();
    const appendOnly = info.get('aof_enabled');
    const policy = info.get('maxmemory_policy');
    if (appendOnly !== undefined) settings.set('appendonly', appendOnly === '1' ? 'yes' : 'no');
    if (policy !== undefined) settings.set('maxmemory-policy', policy);
    return settings;
  }
};
