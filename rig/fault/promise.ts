/** What the rules promise of one gathering's seats (B3, B4), counted from its records and from nothing that the product keeps beside them. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';

/** People who are going, parties counted in full. */
export const takenBy = (answers: readonly RsvpRecord[]): number =>
  answers.reduce((sum, answer) => sum + (answer.status === 'going' ? answer.party : 0), 0);

/**
 * Which promise these records break, in a sentence; undefined when none.
 * @param held people who may be there all the same, because a capacity cut below that drops nobody (B5)
 * @param now epoch ms; what is over gives out no seats
 */
export const brokenPromise = (about: GatheringRecord, answers: readonly RsvpRecord[], held: number, now: number): string | undefined => {
  const taken = takenBy(answers);
  const capacity = about.capacity ?? Infinity;
  if (taken > Math.max(capacity, held)) return `B3: ${String(taken)} of ${String(capacity)} seats taken at ${about.id}`;
  const waiting = answers.filter((answer) => answer.status === 'waitlisted');
  if (new Set(waiting.map((answer) => answer.order)).size < waiting.length) return `B4: two of ${about.id} wait at the same place`;
  if (about.closed || about.cancelled || about.hidden || about.end <= now) return undefined;
  const fits = waiting.find((answer) => answer.party <= capacity - taken);
  return fits === undefined ? undefined : `B3: ${fits.person} waits at ${about.id}, where ${String(capacity - taken)} seats are free`;
};
