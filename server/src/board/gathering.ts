/** Gatherings: posting, changing, ending; and their card, details and seats. */
import type { CardView, DetailsView, GatheringRecord, SeatsView } from '@huddle/shared/gathering.ts';
import type { HostRecord } from '@huddle/shared/hosting.ts';
import { GATHERING_LIMITS } from '@huddle/shared/gathering.ts';
import { HOUR, addDays, atDay } from '@huddle/shared/time.ts';
import type { Board } from './board.ts';
import { publicLines, tell, telling } from './notice.ts';
import { GATHERING_DEFAULTS, type KnownRecord } from './records.ts';
import { type Decision, type GatheringCase, type Rule, invalid, refuse } from './rule.ts';
import { isOver, settle } from './rsvp.ts';

/** Gatherings that one person may post within an hour (X6); organisers are exempt. */
const POSTS_AN_HOUR = 5;

/** What is wrong with these times on this board, if anything: order, length, and the board's days ± 1. */
export const wrongTimes = (board: Board, start: number, end: number): { field: 'start' | 'end'; message: string } | undefined => {
  const self = board.self;
  if (end <= start) return { field: 'end', message: 'must be after the start' };
  if (end - start > GATHERING_LIMITS.length) return { field: 'end', message: 'must be within 24 hours of the start' };
  if (self === undefined) return undefined;
  const opens = atDay(addDays(self.from, -1), self.zone);
  const closes = atDay(addDays(self.to, 2), self.zone);
  const days = `the board runs from ${self.from} to ${self.to}`;
  if (start < opens || start > closes) return { field: 'start', message: days };
  return end > closes ? { field: 'end', message: days } : undefined;
};

/** Each tag once, as first written. */
export const distinct = (words: readonly string[]): string[] => [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];

/** The fields that were given at all; each tag and language once. */
export const presentFields = (fields: {
  readonly [F in keyof GatheringRecord]?: GatheringRecord[F] | undefined;
}): Partial<GatheringRecord> => {
  const { tags, languages } = fields;
  const lists = { ...(tags ? { tags: distinct(tags) } : {}), ...(languages ? { languages: distinct(languages) } : {}) };
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<GatheringRecord>;
  return { ...present, ...lists };
};

export const hostRecord = (board: Board, gathering: string, person: string, now: number): HostRecord => ({
  id: `host/${gathering}:${person}`,
  type: 'host',
  rev: board.nextRev,
  gathering,
  person,
  at: now,
});

/** A gathering with what is said of it, and defaults for the rest. */
export const newGathering = (
  board: Board,
  key: string,
  now: number,
  said: Pick<GatheringRecord, 'title' | 'start' | 'end'> & Partial<GatheringRecord>,
): GatheringRecord => ({
  id: `gathering/${key}`,
  type: 'gathering',
  rev: board.nextRev,
  ...GATHERING_DEFAULTS,
  createdAt: now,
  ...said,
});

export const postGathering: Rule<'postGathering'> = {
  who: 'named',
  decide: (board, { type: _type, gathering: key, tags, languages, ...fields }, { by, now, organises }) => {
    if (board.gathering(key) !== undefined) return refuse('idTaken', { field: 'gathering' });
    const wrong = wrongTimes(board, fields.start, fields.end);
    if (wrong !== undefined) return invalid(wrong.field, wrong.message);
    const recent = [...board.postedBy(by).values()].filter((posted) => posted.createdAt > now - HOUR).map((posted) => posted.createdAt);
    if (recent.length >= POSTS_AN_HOUR && !organises) return refuse('tooMany', { retryAfterMs: Math.min(...recent) + HOUR - now });
    const said = { ...fields, tags: distinct(tags), languages: distinct(languages), createdBy: by };
    return { put: [newGathering(board, key, now, said), hostRecord(board, key, by, now)], result: { gathering: key } };
  },
};

/** The gathering as it will be, and whoever is promoted because of it (B3). */
const changed = (board: Board, { key, gathering, now }: GatheringCase, changes: Partial<GatheringRecord>): KnownRecord[] => {
  const next: GatheringRecord = { ...gathering, ...changes, rev: board.nextRev };
  return [next, ...settle(board, key, next, now).put];
};

/** A host's change to a gathering that is still to be: what is cancelled stays so. */
const toStanding =
  <C>(change: (board: Board, command: C, given: GatheringCase) => Decision) =>
  (board: Board, command: C, given: GatheringCase): Decision =>
    given.gathering.cancelled ? refuse('cancelled') : change(board, command, given);

export const editGathering: Rule<'editGathering'> = {
  who: 'host',
  decide: toStanding((board, { type: _type, gathering: _key, ...fields }, given) => ({
    put: changed(board, given, presentFields(fields)),
  })),
};

export const moveGathering: Rule<'moveGathering'> = {
  who: 'host',
  decide: telling(
    toStanding((board, { place, address }, given) => {
      // Nobody is sent anywhere for what was. It can still be postponed, and then moved.
      if (isOver(given.gathering, given.now)) return refuse('over');
      return { put: [...changed(board, given, { place, address }), tell(board, given, given.key, { kind: 'moved', place })] };
    }),
  ),
};

export const postponeGathering: Rule<'postponeGathering'> = {
  who: 'host',
  decide: telling(
    toStanding((board, { start, end }, given) => {
      const wrong = wrongTimes(board, start, end);
      if (wrong !== undefined) return invalid(wrong.field, wrong.message);
      return { put: [...changed(board, given, { start, end }), tell(board, given, given.key, { kind: 'postponed', start })] };
    }),
  ),
};

export const closeDoor: Rule<'closeDoor'> = {
  who: 'host',
  decide: telling(
    toStanding((board, { closed }, given) => {
      if (given.gathering.closed === closed) return { put: [] };
      if (isOver(given.gathering, given.now)) return refuse('over');
      return { put: [...changed(board, given, { closed }), tell(board, given, given.key, { kind: closed ? 'closed' : 'reopened' })] };
    }),
  ),
};

export const endGathering: Rule<'endGathering'> = {
  who: 'host',
  decide: toStanding((board, _command, given) => {
    if (isOver(given.gathering, given.now)) return refuse('over');
    if (given.gathering.start >= given.now) return invalid('gathering', 'has not begun: cancel it instead');
    return { put: [...changed(board, given, { end: given.now }), tell(board, given, given.key, { kind: 'ended' })] };
  }),
};

export const cancelGathering: Rule<'cancelGathering'> = {
  who: 'host',
  decide: toStanding((board, { text }, given) => {
    if (isOver(given.gathering, given.now)) return refuse('over');
    return { put: [...changed(board, given, { cancelled: true }), tell(board, given, given.key, { kind: 'cancelled', text })] };
  }),
};

/** Names of its hosts, in the order they became it; what an imported list named, where no person hosts it. */
export const hostNames = (board: Board, key: string, gathering: GatheringRecord): string[] => {
  const people = [...board.hostsOf(key).values()].sort((a, b) => a.at - b.at).map((host) => board.person(host.person)?.name ?? '');
  const names = gathering.hostName === '' ? people : [gathering.hostName, ...people];
  return names.filter((name) => name !== '');
};

export const cardView = (board: Board, key: string): CardView | undefined => {
  const gathering = board.gathering(key);
  if (gathering === undefined || gathering.hidden) return undefined;
  const { title, kind, tags, languages, second, place, placeFor, start, end, capacity, partyMax, releaseAfter, closed, cancelled } =
    gathering;
  const [notice] = publicLines(board, key, gathering);
  return {
    id: `card/${key}`,
    title,
    kind,
    start,
    end,
    hosts: hostNames(board, key, gathering),
    ...(tags.length === 0 ? {} : { tags }),
    ...(languages.length === 0 ? {} : { languages }),
    ...(second === null ? {} : { second: { language: second.language, title: second.title } }),
    ...(placeFor === 'going' ? { placeFor } : place === '' ? {} : { place }),
    ...(capacity === null ? {} : { capacity }),
    ...(partyMax === 1 ? {} : { partyMax }),
    ...(releaseAfter === 0 ? {} : { releaseAfter }),
    ...(closed ? { closed } : {}),
    ...(cancelled ? { cancelled } : {}),
    ...(notice === undefined ? {} : { notice }),
  };
};

export const seatsView = (board: Board, key: string): SeatsView | undefined => {
  const gathering = board.gathering(key);
  if (gathering === undefined || gathering.hidden) return undefined;
  const { taken, queue } = board.seats(key);
  return { id: `seats/${key}`, taken, ...(queue.length === 0 ? {} : { waiting: queue.length }) };
};

export const detailsView = (board: Board, key: string): DetailsView | undefined => {
  const gathering = board.gathering(key);
  if (gathering === undefined) return undefined;
  const { description, second, address, placeFor, link, price, registration } = gathering;
  return {
    id: `details/${key}`,
    notices: publicLines(board, key, gathering),
    ...(description === '' ? {} : { description }),
    ...(second === null || second.description === '' ? {} : { secondDescription: second.description }),
    ...(address === '' || placeFor === 'going' ? {} : { address }),
    ...(link === '' ? {} : { link }),
    ...(price === '' ? {} : { price }),
    ...(registration === '' ? {} : { registration }),
  };
};
