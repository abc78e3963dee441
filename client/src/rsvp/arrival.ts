/** Near the start: whether a person is asked if they come, and until when. */
import type { CardView } from '@huddle/shared/gathering.ts';
import { ARRIVAL_OPENS_MS, type MyRsvpView } from '@huddle/shared/rsvp.ts';
import { MINUTE } from '@huddle/shared/time.ts';

/** Whether the host's rule asks guests at that time (epoch ms, the server's). */
export const isAsking = (card: CardView, now: number): boolean =>
  card.releaseAfter !== undefined &&
  card.capacity !== undefined &&
  card.cancelled !== true &&
  now >= card.start - ARRIVAL_OPENS_MS &&
  now < card.end;

/** Whether I am asked: I have a seat. */
export const asksArrival = (card: CardView, mine: MyRsvpView | undefined, now: number): boolean =>
  mine?.status === 'going' && isAsking(card, now);

/** When my seat is given on unless I speak; epoch ms. */
export const releaseTime = (card: CardView, mine: MyRsvpView): number =>
  Math.max(card.start, mine.promotedAt ?? 0) + (card.releaseAfter ?? 0) * MINUTE;
