/** How many connections fit: each is an open file of the server and of whoever plays the phones. */
import { readFile } from 'node:fs/promises';

/** Files that a process has open besides. */
const SPARE = 200;

/** What this process may open, and so those that it starts; Node itself asks for all that the system allows (`ulimit -Hn`). */
const openFiles = async (): Promise<number> => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Infinity);
};

/** Why that many phones cannot be played here, with the way out; undefined where they can. */
export const tooFewFiles = async (phones: number): Promise<string | undefined> => {
  const [files, needed] = [await openFiles(), phones + SPARE];
  return files >= needed ? undefined : `a process may open ${files} files here: raise it first, ulimit -n ${needed}`;
};
