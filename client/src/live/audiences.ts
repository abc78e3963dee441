/** What this phone may see: one map of views per audience, each changed by the one `merge` (C8). */
import { merge } from '@huddle/shared/merge.ts';
import type { Audience, Change, View } from '@huddle/shared/protocol.ts';

export interface Audiences {
  /**
   * Lays a change over its audience. One that is `whole` replaces what was there (N6), and begins to hold the audience; another one for
   * an audience that is not held is left alone. Returns the ids touched, those that went away included.
   */
  readonly apply: (change: Change) => readonly string[];
  /** Lets go of an audience. Returns the ids that went away. */
  readonly drop: (audience: Audience) => readonly string[];
  readonly holds: (audience: Audience) => boolean;
  /** A view by its whole id, from whichever audience has it. */
  readonly find: (id: string) => View | undefined;
  /** All views of a noun, by id once each. */
  readonly all: (noun: string) => readonly View[];
  /** All views of an audience. */
  readonly of: (audience: Audience) => readonly View[];
}

export const createAudiences = (): Audiences => {
  const held = new Map<Audience, ReadonlyMap<string, View>>();
  const keys = (audience: Audience): string[] => [...(held.get(audience)?.keys() ?? [])];

  return {
    apply: (change) => {
      const views = held.get(change.audience);
      if (views === undefined && change.whole !== true) return [];
      const before = change.whole === true ? keys(change.audience) : (change.gone ?? []);
      held.set(change.audience, merge(views ?? new Map<string, View>(), change));
      return [...new Set([...before, ...change.put.map(({ id }) => id)])];
    },
    drop: (audience) => {
      const before = keys(audience);
      held.delete(audience);
      return before;
    },
    holds: (audience) => held.has(audience),
    find: (id) => {
      for (const views of held.values()) {
        const view = views.get(id);
        if (view !== undefined) return view;
      }
      return undefined;
    },
    all: (noun) => {
      const found = new Map<string, View>();
      for (const views of held.values()) for (const [id, view] of views) if (id.startsWith(`${noun}/`)) found.set(id, view);
      return [...found.values()];
    },
    of: (audience) => [...(held.get(audience)?.values() ?? [])],
  };
};
