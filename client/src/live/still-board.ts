/** A board as it is in a snapshot, that does not live: what a node draws a page's first look from (P10). */
import { snapshotChange, type Snapshot, type View, type ViewByNoun } from '@huddle/shared/protocol.ts';
import { keyOf } from './api.ts';
import type { LiveBoard } from './live-board.svelte.ts';

/** Nobody has a hand on it. */
const never = (): Promise<never> => Promise.reject(new Error('a board that does not live takes no commands'));

/** @param opened the views of a gathering's page, where it is one @param now epoch ms */
export const stillBoard = (snapshot: Snapshot, opened: readonly View[], now: number): LiveBoard => {
  const views: readonly View[] = [...snapshotChange(snapshot).put, ...opened];
  const byId = new Map(views.map((view) => [view.id, view]));
  const of = (noun: string): readonly View[] => views.filter(({ id }) => id.startsWith(`${noun}/`));
  return {
    slug: keyOf(byId.get(snapshot.board.id) ?? snapshot.board),
    standing: { kind: 'catchingUp' },
    relaxed: false,
    person: undefined,
    now,
    pending: [],
    answered: [],
    ended: undefined,
    // An id begins with the noun of its view: that is what `ViewByNoun` says.
    view: <N extends keyof ViewByNoun>(noun: N, key: string) => byId.get(`${noun}/${key}`) as ViewByNoun[N] | undefined,
    views: <N extends keyof ViewByNoun>(noun: N) => of(noun) as unknown as readonly ViewByNoun[N][],
    details: () => undefined,
    open: () => () => undefined,
    close: () => undefined,
    ...{ do: never, withdraw: never, replace: never, hold: never, seen: never, forget: never },
  };
};
