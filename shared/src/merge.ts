/**
 * The one shape in which anything changes, and the one way to take it in (C8). Law, tested with random changes:
 * `merge(merge(s, a), b) = merge(s, join(a, b))`.
 */

/** Anything with an id that is replaced whole. */
export interface Identified {
  readonly id: string;
}

/** What is new or different, whole, and the ids of what went away. */
export interface Delta<T extends Identified> {
  readonly put: readonly T[];
  readonly gone?: readonly string[];
  /** `put` is everything there is: whatever else was known is gone. */
  readonly whole?: true;
}

/** Returns a new map: `gone` taken out (everything, if `whole`), then `put` laid over. The given map is left alone. */
export const merge = <T extends Identified>(things: ReadonlyMap<string, T>, delta: Delta<T>): Map<string, T> => {
  const next = new Map(delta.whole === true ? [] : things);
  for (const id of delta.gone ?? []) next.delete(id);
  for (const thing of delta.put) next.set(thing.id, thing);
  return next;
};

/** Two deltas as one: the later wins. */
export const join = <T extends Identified>(first: Delta<T>, second: Delta<T>): Delta<T> => {
  if (second.whole === true) return second;
  if (first.whole === true) return { put: [...merge(merge(new Map<string, T>(), first), second).values()], whole: true };
  const goneLater = new Set(second.gone ?? []);
  const put = new Map(first.put.filter((thing) => !goneLater.has(thing.id)).map((thing) => [thing.id, thing]));
  for (const thing of second.put) put.set(thing.id, thing);
  const gone = new Set([...(first.gone ?? []), ...goneLater].filter((id) => !put.has(id)));
  return { put: [...put.values()], gone: [...gone] };
};
