/** Every scene there is, in the order in which they are played, and how many seconds each may take: together they end within ten minutes. */
import type { Scene } from './report.ts';
import { busy } from './scene/busy.ts';
import { commit } from './scene/commit.ts';
import { door } from './scene/door.ts';
import { fanOut } from './scene/fan-out.ts';
import { list } from './scene/list.ts';
import { rush } from './scene/rush.ts';
import { scale } from './scene/scale.ts';
import { slowReaders } from './scene/slow-readers.ts';
import { snapshot } from './scene/snapshot.ts';
import { start } from './scene/start.ts';

interface Planned {
  readonly play: Scene;
  /** Longer than it takes on two free cores, so that only what hangs is cut off. */
  readonly limit: number;
}

export const SCENES: Readonly<Record<string, Planned>> = {
  'fan-out': { play: fanOut, limit: 180 },
  busy: { play: busy, limit: 100 },
  rush: { play: rush, limit: 70 },
  commit: { play: commit, limit: 80 },
  door: { play: door, limit: 80 },
  snapshot: { play: snapshot, limit: 30 },
  start: { play: start, limit: 60 },
  list: { play: list, limit: 100 },
  scale: { play: scale, limit: 70 },
  'slow-readers': { play: slowReaders, limit: 70 },
};
