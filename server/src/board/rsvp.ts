/** RSVPs: seats, the waitlist and its promotions (B2–B5). */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { GuestListView, GuestsView, MyRsvpView, RsvpRecord, SeatResult } from '@huddle/shared/rsvp.ts';
import { arrivalOf, asksWhoComes, isNearStart } from './arrival.ts';
import type { Board } from './board.ts';
import { linesFor } from './notice.ts';
import { type Effect, type Rule, refuse } from './rule.ts';

/** Names that a gathering's page shows. */
const NAMES_SHOWN = 100;

const rsvpId = (gathering: string, person: string): RsvpRecord['id'] => `rsvp/${gathering}:${person}`;

export const isOver = (gathering: GatheringRecord, now: number): boolean => gathering.end <= now;

/** Whether seats are given out at all (B3). */
export const isOpen = (gathering: GatheringRecord, now: number): boolean =>
  !gathering.closed && !gathering.cancelled && !gathering.hidden && !isOver(gathering, now);

/** Answers that a command changes: by person; undefined takes the answer away. */
export type Answers = ReadonlyMap<string, RsvpRecord | undefined>;

const NO_ANSWERS: Answers = new Map();

/**
 * The answers as they will be, with the promotions that follow – in the same commit (B3). `gathering` is the gathering as it will be.
 * Free seats go to the next party that fits; a larger one is passed over, keeps its order, and its record says so (B4).
 */
export const settle = (board: Board, key: string, gathering: GatheringRecord, now: number, answers: Answers = NO_ANSWERS): Effect => {
  const seats = board.seats(key);
  const put = new Map<string, RsvpRecord>();
  const gone: string[] = [];
  let taken = seats.taken;
  for (const [person, answer] of answers) {
    const before = seats.answers.get(person);
    if (before?.status === 'going') taken -= before.party;
    if (answer?.status === 'going') taken += answer.party;
    if (answer !== undefined) put.set(person, answer);
    else if (before !== undefined) gone.push(before.id);
  }
  const free = isOpen(gathering, now) ? (gathering.capacity ?? Infinity) - taken : 0;
  if (free > 0) {
    const queue = seats.queue.filter((waiting) => !answers.has(waiting.person));
    const joined = [...put.values()].filter((answer) => answer.status === 'waitlisted');
    const waiting = [...queue, ...joined].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    for (const answer of promoted(board, waiting, free, now)) put.set(answer.person, answer);
  }
  return { put: [...put.values()], gone };
};

/** Those who get one of the `free` seats, in order, and the larger parties that they went past. */
const promoted = (board: Board, waiting: readonly RsvpRecord[], free: number, now: number): RsvpRecord[] => {
  const put: RsvpRecord[] = [];
  let larger: RsvpRecord[] = [];
  for (const answer of waiting) {
    if (free <= 0) break;
    if (answer.party > free) {
      larger.push(answer);
      continue;
    }
    free -= answer.party;
    put.push(promote(board, answer, now), ...passOver(board, larger));
    larger = [];
  }
  return put;
};

const promote = (board: Board, answer: RsvpRecord, now: number): RsvpRecord => {
  const { order: _order, passedOver: _passedOver, ...rest } = answer;
  return { ...rest, status: 'going', promotedAt: now, rev: board.nextRev };
};

/** Tells those who do not know it yet that a smaller party went first (B4). */
const passOver = (board: Board, answers: readonly RsvpRecord[]): RsvpRecord[] =>
  answers.filter((answer) => answer.passedOver !== true).map((answer) => ({ ...answer, passedOver: true, rev: board.nextRev }));

export const takeSeat: Rule<'takeSeat'> = {
  who: 'named',
  decide: (board, { gathering: key, party, discreet: wished }, { by, now }) => {
    const gathering = board.gathering(key);
    if (gathering === undefined || gathering.hidden) return refuse('notFound', { field: 'gathering' });
    if (gathering.cancelled) return refuse('cancelled');
    if (isOver(gathering, now)) return refuse('over');
    const seats = board.seats(key);
    const last = seats.answers.get(by);
    if (last?.status === 'declined') return refuse('declined');
    // A seat that was given on is asked for anew.
    const before = last?.status === 'released' ? undefined : last;
    const largest = Math.min(Math.max(gathering.partyMax, before?.party ?? 1), gathering.capacity ?? Infinity);
    if (party > largest) return refuse('partyTooLarge', { field: 'party' });
    const discreet = wished ?? last?.discreet ?? false;
    const free = gathering.closed ? 0 : (gathering.capacity ?? Infinity) - seats.taken;
    if (before?.status === 'going') {
      if (party - before.party > Math.max(free, 0)) return refuse('partyTooLarge', { field: 'party' });
      return answered(board, gathering, [{ ...before, party, discreet, rev: board.nextRev }], now);
    }
    const answer = {
      id: rsvpId(key, by),
      type: 'rsvp' as const,
      rev: board.nextRev,
      gathering: key,
      person: by,
      party,
      discreet,
      at: before?.at ?? now,
    };
    if (party > free) {
      const { order = seats.nextOrder, passedOver } = before ?? {};
      return answered(board, gathering, [{ ...answer, status: 'waitlisted', order, ...(passedOver ? { passedOver } : {}) }], now);
    }
    const ahead = seats.queue.filter((waiting) => (waiting.order ?? 0) < (before?.order ?? Infinity));
    // Whoever takes a seat near the start says by it that they come.
    const comes = asksWhoComes(gathering) && isNearStart(gathering, now) ? ({ arrival: 'onTheWay', arrivalAt: now } as const) : {};
    return answered(board, gathering, [{ ...answer, ...comes, status: 'going' }, ...passOver(board, ahead)], now);
  },
};

/** The effect of answers, the sender's first, with what the sender is told. */
const answered = (board: Board, gathering: GatheringRecord, answers: readonly [RsvpRecord, ...RsvpRecord[]], now: number): Effect => {
  const [{ id, gathering: key }] = answers;
  const effect = settle(board, key, gathering, now, new Map(answers.map((answer) => [answer.person, answer])));
  const mine = effect.put.find((record): record is RsvpRecord => record.id === id) ?? answers[0];
  const seats = board.seats(key);
  const before = seats.answers.get(mine.person);
  const position = (before === undefined ? undefined : seats.position(before)) ?? seats.queue.length + 1;
  const result: SeatResult = mine.status === 'waitlisted' ? { status: 'waitlisted', position } : { status: mine.status };
  return { ...effect, result };
};

export const giveBackSeat: Rule<'giveBackSeat'> = {
  who: 'guest',
  decide: (board, { gathering: key }, { by, now }) => {
    const gathering = board.gathering(key);
    const before = board.seats(key).answers.get(by);
    // Giving back what one does not hold is granted: what was wished for is so (B2).
    if (gathering === undefined || before === undefined || before.status === 'declined') return { put: [] };
    return settle(board, key, gathering, now, new Map([[by, undefined]]));
  },
};

export const removeGuest: Rule<'removeGuest'> = {
  who: 'host',
  decide: (board, { person }, { key, gathering, now }) => {
    const before = board.seats(key).answers.get(person);
    if (before === undefined) return refuse('notFound', { field: 'person' });
    const { order: _order, passedOver: _passedOver, ...rest } = before;
    return settle(board, key, gathering, now, new Map([[person, { ...rest, status: 'declined', rev: board.nextRev }]]));
  },
};

export const myRsvpView = (board: Board, key: string, person: string): MyRsvpView | undefined => {
  const gathering = board.gathering(key);
  const seats = board.seats(key);
  const answer = seats.answers.get(person);
  if (gathering === undefined || answer === undefined) return undefined;
  const position = seats.position(answer);
  const arrival = arrivalOf(gathering, answer);
  const notices = linesFor(board, key, gathering, answer);
  const showsPlace = gathering.placeFor === 'going' && answer.status === 'going';
  return {
    id: `my-rsvp/${key}`,
    status: answer.status,
    party: answer.party,
    rev: answer.rev,
    ...(position === undefined ? {} : { position }),
    ...(answer.passedOver === true ? { passedOver: true } : {}),
    ...(answer.promotedAt === undefined ? {} : { promotedAt: answer.promotedAt }),
    ...(arrival === undefined || answer.status !== 'going' ? {} : { arrival }),
    ...(answer.discreet === true ? { discreet: true } : {}),
    ...(showsPlace ? { place: gathering.place, address: gathering.address } : {}),
    ...(notices.length === 0 ? {} : { notices }),
    ...(gathering.hidden ? { hiddenTitle: gathering.title } : {}),
  };
};

const nameOf = (board: Board, person: string): string => board.person(person)?.name ?? '';

const bySeniority = (a: RsvpRecord, b: RsvpRecord): number => a.at - b.at || (a.person < b.person ? -1 : 1);

export const guestsView = (board: Board, key: string): GuestsView => {
  const going = [...board.seats(key).answers.values()].filter((answer) => answer.status === 'going').sort(bySeniority);
  const open = going.filter((answer) => answer.discreet !== true).slice(0, NAMES_SHOWN);
  const names = open.map(({ person, party }) => ({ name: nameOf(board, person), party }));
  return { id: `guests/${key}`, going: names, ...(going.length > open.length ? { more: going.length - open.length } : {}) };
};

export const guestListView = (board: Board, key: string): GuestListView => {
  const gathering = board.gathering(key);
  const seats = board.seats(key);
  const guests = [...seats.answers.values()].sort(bySeniority).map((answer) => {
    const position = seats.position(answer);
    const { person, status, party, at } = answer;
    const arrival = gathering === undefined || status !== 'going' ? undefined : arrivalOf(gathering, answer);
    return {
      ...{ person, name: nameOf(board, person), status, party, at },
      ...(position === undefined ? {} : { position }),
      ...(arrival === undefined ? {} : { arrival }),
      ...(answer.discreet === true ? { discreet: true as const } : {}),
    };
  });
  return { id: `guest-list/${key}`, guests };
};
