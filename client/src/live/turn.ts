/** When what is shown looks different by the clock alone (B8). */
import type { CardView } from '@huddle/shared/gathering.ts';
import type { View } from '@huddle/shared/protocol.ts';

/** The moment after `now` at which the first of these begins or ends, at the latest `until`; epoch ms. Other views than cards have no times. */
export const nextTurn = (views: readonly View[], now: number, until: number): number => {
  let next = until;
  for (const { start = 0, end = 0 } of views as readonly Partial<CardView>[]) {
    for (const at of [start, end]) if (at > now && at < next) next = at;
  }
  return next;
};
