/** Every scene there is, in the order in which they are played, and how many seconds each may take. */
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
  /** Far longer than it takes on two free cores: what is cut off hangs, or has a machine that others use. The run has its own end. */
  readonly limit: number;
}

export const SCENES: Readonly<Record<string, Planned>> = {
  'fan-out': { play: fanOut, limit: 240 },
  busy: { play: busy, limit: 120 },
  rush: { play: rush, limit: 100 },
  commit: { play: commit, limit: 120 },
  door: { play: door, limit: 100 },
  snapshot: { play: snapshot, limit: 40 },
  start: { play: start, limit: 90 },
  list: { play: list, limit: 120 },
  scale: { play: scale, limit: 90 },
  'slow-readers': { play: slowReaders, limit: 100 },
};
