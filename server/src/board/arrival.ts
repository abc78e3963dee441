/** "On my way", "here": what those with a seat say near the start, where the host asks for it. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import { ARRIVAL_OPENS_MS, type Arrival, type RsvpRecord } from '@huddle/shared/rsvp.ts';
import { type Rule, invalid, refuse } from './rule.ts';

/** Whether it is near enough to the start to say that one comes. */
export const isNearStart = (gathering: GatheringRecord, now: number): boolean => now >= gathering.start - ARRIVAL_OPENS_MS;

/** What was said of this start; what was said before a postponed one no longer counts. undefined: silent. */
export const arrivalOf = (gathering: GatheringRecord, answer: RsvpRecord): Arrival | undefined =>
  answer.arrival !== undefined && isNearStart(gathering, answer.arrivalAt ?? 0) ? answer.arrival : undefined;

/** Whether the host's rule asks guests to say that they come. */
export const asksWhoComes = ({ releaseAfter, capacity }: GatheringRecord): boolean => releaseAfter > 0 && capacity !== null;

export const sayArrival: Rule<'sayArrival'> = {
  who: 'guest',
  decide: (board, { gathering: key, arrival }, { by, now }) => {
    const gathering = board.gathering(key);
    const answer = board.seats(key).answers.get(by);
    if (gathering === undefined || gathering.hidden || answer?.status !== 'going') return refuse('noSeat');
    if (gathering.cancelled) return refuse('cancelled');
    if (gathering.end <= now) return refuse('over');
    if (!isNearStart(gathering, now)) return invalid('gathering', 'begins later: say so within the hour before the start');
    if (arrivalOf(gathering, answer) === arrival) return { put: [] };
    return { put: [{ ...answer, arrival, arrivalAt: now, rev: board.nextRev }] };
  },
};

export const markHere: Rule<'markHere'> = {
  who: 'host',
  decide: (board, { person, here }, { key, gathering, now }) => {
    const answer = board.seats(key).answers.get(person);
    if (answer?.status !== 'going') return refuse('notFound', { field: 'person' });
    if (!isNearStart(gathering, now)) return invalid('gathering', 'begins later: guests are marked within the hour before the start');
    if ((arrivalOf(gathering, answer) === 'here') === here) return { put: [] };
    if (here) return { put: [{ ...answer, arrival: 'here', arrivalAt: now, rev: board.nextRev }] };
    // A mistake is taken back to "on the way", so that nobody loses a seat by it.
    return { put: [{ ...answer, arrival: 'onTheWay', arrivalAt: now, rev: board.nextRev }] };
  },
};
