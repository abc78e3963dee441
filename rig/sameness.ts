/** Whether two phones show the same. */
import type { Audience, View } from '@huddle/shared/protocol.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Phone } from './phone.ts';
import { eventually } from './wait.ts';

/** What a phone shows to its owner, by audience and id. */
export const shown = (phone: Phone, audiences: readonly Audience[] = [...phone.views.keys()]): Record<string, Record<string, View>> =>
  Object.fromEntries(audiences.map((audience) => [audience, Object.fromEntries(phone.audience(audience))]));

/**
 * Waits until `phone` shows what `fresh` shows – public, personal and what it has open – and gives both, to be compared by the test, which
 * then says where they differ if they never became the same.
 */
export const settled = async (
  phone: Phone,
  fresh: Phone,
  withinMs = 10_000,
): Promise<readonly [ReturnType<typeof shown>, ReturnType<typeof shown>]> => {
  const both = () => [shown(phone, [...fresh.views.keys()]), shown(fresh)] as const;
  await eventually('both phones show the same', () => isDeepStrictEqual(...both()), withinMs).catch(() => undefined);
  return both();
};
