/** Silent seats are given on by the host's rule, in the same commit in which the waitlist gets them (B3). */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import { MINUTE } from '@huddle/shared/time.ts';
import { arrivalOf, asksWhoComes } from './arrival.ts';
import type { Board } from './board.ts';
import type { DueOf } from './due.ts';
import { type Rule } from './rule.ts';
import { isOpen, settle } from './rsvp.ts';

/** When the seat is given on unless its holder speaks: so long after the start, or after they were promoted to it. undefined: it is not. */
const releasedAt = (gathering: GatheringRecord, answer: RsvpRecord): number | undefined => {
  if (answer.status !== 'going' || arrivalOf(gathering, answer) !== undefined) return undefined;
  return Math.max(gathering.start, answer.promotedAt ?? 0) + gathering.releaseAfter * MINUTE;
};

/** Silent seats whose time is over. With the door closed nobody would get them, so they stay. */
const silent = (board: Board, key: string, now: number): { readonly answer: RsvpRecord; readonly at: number }[] => {
  const gathering = board.gathering(key);
  if (gathering === undefined || !asksWhoComes(gathering) || !isOpen(gathering, now)) return [];
  return [...board.seats(key).answers.values()].flatMap((answer) => {
    const at = releasedAt(gathering, answer);
    return at === undefined || at > now ? [] : [{ answer, at }];
  });
};

export const releaseDue: DueOf = (board, key, now) => {
  const times = silent(board, key, now).map(({ at }) => at);
  return times.length === 0
    ? undefined
    : { at: times.reduce((first, at) => Math.min(first, at)), command: { type: 'releaseSeats', gathering: key } };
};

export const releaseSeats: Rule<'releaseSeats'> = {
  who: 'system',
  decide: (board, { gathering: key }, { now }) => {
    const gathering = board.gathering(key);
    const released = silent(board, key, now).map(({ answer }): [string, RsvpRecord] => {
      const { promotedAt: _promotedAt, ...rest } = answer;
      return [answer.person, { ...rest, status: 'released', rev: board.nextRev }];
    });
    return gathering === undefined || released.length === 0 ? { put: [] } : settle(board, key, gathering, now, new Map(released));
  },
};
