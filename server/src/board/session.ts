/** Sessions that are over before their time (X8), as records of the deployment's own board. */
import type { MoveRecord } from '@huddle/shared/move.ts';
import type { EpochRecord } from '@huddle/shared/session.ts';
import type { Board } from './board.ts';
import type { DueOf } from './due.ts';
import type { Rule } from './rule.ts';

/** How long a session lasts by itself, in ms. */
export const SESSION_LIFE = 365 * 86_400_000;
/** Sessions of one person that are kept as over one by one; beyond that, all as old as the oldest of them are over. */
const ENDED_KEPT = 16;

/** Which session a cookie names. */
export interface Session {
  readonly person: string;
  /** '' in cookies of release 0.1, of which a person has one. */
  readonly id: string;
  /** Epoch ms. */
  readonly issued: number;
}

/** Whether its person has signed out of it. */
export const isEnded = (epoch: EpochRecord | undefined, { id, issued }: Session): boolean =>
  epoch !== undefined && (issued <= epoch.since || epoch.ended.some(({ session }) => session === id));

/** Whether the person of that session has signed out of it, or was deleted, by the time a wish of theirs is decided. */
export const hasLeft = (board: Board, person: string, { session, issued }: EpochRecord['ended'][number]): boolean =>
  isEnded(board.get('epoch', person), { person, id: session, issued });

/** The record by which every session issued until now is over. */
export const endedEverywhere = (board: Board, person: string, now: number): EpochRecord => {
  const { since = 0 } = board.get('epoch', person) ?? {};
  return { id: `epoch/${person}`, type: 'epoch', rev: board.nextRev, since: Math.max(since, now), ended: [], at: now };
};

/** The record by which one session more is over. */
const endedAlone = (board: Board, person: string, session: EpochRecord['ended'][number], now: number): EpochRecord => {
  const { since = 0, ended = [] } = board.get('epoch', person) ?? {};
  const all = [...ended, session];
  const surplus = all.slice(0, -ENDED_KEPT);
  const until = Math.max(since, ...surplus.map(({ issued }) => issued));
  // What an earlier moment ends anyway need not be remembered one by one.
  const kept = all.slice(-ENDED_KEPT).filter(({ issued }) => issued > until);
  return { id: `epoch/${person}`, type: 'epoch', rev: board.nextRev, since: until, ended: kept, at: now };
};

/** Links by which another phone becomes that person. Whoever signs out anywhere may have been seen showing one: it is void. */
export const movesOf = (board: Pick<Board, 'all'>, person: string): MoveRecord[] =>
  board.all('move').filter((move) => move.person === person);

export const endSessions: Rule<'endSessions'> = {
  who: 'system',
  decide: (board, { person, session }, { now }) => {
    const epoch = session === undefined ? endedEverywhere(board, person, now) : endedAlone(board, person, session, now);
    return { put: [epoch], gone: movesOf(board, person).map(({ id }) => id) };
  },
};

/** Told to a phone that has become a person: who that is, and when its session begins. */
export interface Became {
  readonly person: string;
  /** Epoch ms. */
  readonly issued: number;
}

/** A phone becomes that person. The rule says since when: after all sessions that are over by then, and before any that ends later. */
export const becoming = (board: Board, person: string, now: number): Became => ({
  person,
  issued: Math.max(now, (board.get('epoch', person)?.since ?? 0) + 1),
});

/** Epochs that no session is younger than (B8). */
export const epochDue: DueOf = (board, person) => {
  const epoch = board.get('epoch', person);
  return epoch === undefined ? undefined : { at: epoch.at + SESSION_LIFE, command: { type: 'expireEpoch', person } };
};

export const expireEpoch: Rule<'expireEpoch'> = {
  who: 'system',
  decide: (board, { person }, { now }) => {
    const epoch = board.get('epoch', person);
    return epoch === undefined || epoch.at + SESSION_LIFE > now ? { put: [] } : { put: [], gone: [epoch.id] };
  },
};
