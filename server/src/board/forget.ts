/**
 * Forgetting a person: what becomes of each record that knows them. One table over all types of records, so that none can be left out:
 * a type without a row does not compile, and a field that a row overlooks is found by its test.
 */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { NoticeRecord } from '@huddle/shared/notice.ts';
import type { Board } from './board.ts';
import { tell } from './notice.ts';
import { GATHERING_DEFAULTS, type KnownRecord } from './records.ts';
import type { Effect, Rule } from './rule.ts';
import { isOver, settle } from './rsvp.ts';
import { endedEverywhere } from './session.ts';

/** Who goes, and from where. */
interface Leaving {
  readonly board: Board;
  readonly person: string;
  /** The name that others saw here; empty: none. */
  readonly name: string;
  readonly now: number;
}

const STAYS: Effect = { put: [] };
const goes = ({ id }: KnownRecord): Effect => ({ put: [], gone: [id] });
const goesIf = (known: boolean, record: KnownRecord): Effect => (known ? goes(record) : STAYS);
const becomes = (record: KnownRecord, ...others: KnownRecord[]): Effect => ({ put: [record, ...others] });

const keyOf = ({ id, type }: KnownRecord): string => id.slice(type.length + 1);
const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A text without the name – as a word of its own, where its script keeps words apart. */
export const withoutName = (text: string, name: string): string => {
  if (name === '') return text;
  const joined = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u.test(name);
  const pattern = joined ? escape(name) : `(?<![\\p{L}\\p{N}])${escape(name)}(?![\\p{L}\\p{N}])`;
  return text.replaceAll(new RegExp(pattern, 'giu'), '…');
};

/** Whether nobody would be left to look after it: no other host, and no list that it came from. */
const isTheirsAlone = ({ board, person }: Leaving, key: string, { hostName }: GatheringRecord): boolean => {
  const hosts = [...board.hostsOf(key).keys()];
  const others = hosts.filter((host) => host !== person && board.person(host)?.banned !== true);
  return hosts.includes(person) && others.length === 0 && hostName === '';
};

/** What nobody says of it. What stays is listed, so that a field that is added one day goes. */
const withoutWords = (gathering: GatheringRecord): GatheringRecord => {
  const { id, type, rev, title, kind, start, end, capacity, partyMax, placeFor, closed, hidden, createdAt, source } = gathering;
  const kept = { kind, start, end, capacity, partyMax, placeFor, closed, hidden, createdAt };
  return { id, type, rev, title, ...GATHERING_DEFAULTS, ...kept, ...(source === undefined ? {} : { source }) };
};

/**
 * What a gathering will be. What they hosted alone is called off; of what it said only title and times stay, for those who wanted to come,
 * and where there is nobody such it goes altogether (undefined). What others host too goes on.
 */
const gatheringAfter = (leaving: Leaving, key: string, gathering: GatheringRecord): GatheringRecord | undefined => {
  const { board, person, name, now } = leaving;
  if (!isTheirsAlone(leaving, key, gathering)) {
    const { createdBy, ...rest } = gathering;
    return createdBy === person ? { ...rest, rev: board.nextRev } : gathering;
  }
  if ([...board.seats(key).answers.keys()].every((holder) => holder === person)) return undefined;
  const cancelled = gathering.cancelled || !isOver(gathering, now);
  return { ...withoutWords(gathering), title: withoutName(gathering.title, name), cancelled, rev: board.nextRev };
};

const stays = (leaving: Leaving, key: string): boolean => {
  const gathering = leaving.board.gathering(key);
  return gathering === undefined || gatheringAfter(leaving, key, gathering) !== undefined;
};

/** Those with an answer are told that it is called off, by nobody in particular. */
const calledOff = ({ board, now }: Leaving, key: string): NoticeRecord =>
  tell(board, { id: `forgetPerson.${key}.${now.toString(36)}`, by: '', now }, key, { kind: 'cancelled' });

const forgetGathering = (record: GatheringRecord, leaving: Leaving): Effect => {
  const key = keyOf(record);
  const after = gatheringAfter(leaving, key, record);
  if (after === undefined) return goes(record);
  if (after === record) return STAYS;
  return after.cancelled && !record.cancelled ? becomes(after, calledOff(leaving, key)) : becomes(after);
};

/** The table. A type that is not here does not compile. */
const FORGET: { readonly [T in KnownRecord['type']]: (record: Extract<KnownRecord, { type: T }>, leaving: Leaving) => Effect } = {
  board: () => STAYS,
  listing: () => STAYS,
  place: () => STAYS,
  secret: () => STAYS,
  // Which sessions are over, and that boards are to forget: an id without a name, which goes by itself.
  epoch: () => STAYS,
  deletion: () => STAYS,
  person: (record, { person }) => goesIf(keyOf(record) === person, record),
  'plan-link': (record, { person }) => goesIf(keyOf(record) === person, record),
  move: (record, { person }) => goesIf(record.person === person, record),
  passkey: (record, { person }) => goesIf(record.person === person, record),
  push: (record, { person }) => goesIf(record.person === person, record),
  host: (record, leaving) => goesIf(record.person === leaving.person || !stays(leaving, record.gathering), record),
  'host-link': (record, leaving) => goesIf(record.by === leaving.person || !stays(leaving, record.gathering), record),
  report: (record, leaving) => goesIf(record.person === leaving.person || !stays(leaving, record.gathering), record),
  gathering: forgetGathering,
  notice: (record, leaving) => {
    const { board, person, name } = leaving;
    const gathering = record.gathering === undefined ? undefined : board.gathering(record.gathering);
    if (record.gathering !== undefined && !stays(leaving, record.gathering)) return goes(record);
    if (record.by !== person) return STAYS;
    // Of what they alone hosted their own words go too.
    const alone = record.gathering !== undefined && gathering !== undefined && isTheirsAlone(leaving, record.gathering, gathering);
    if (alone && record.kind === 'text') return goes(record);
    const { place: _place, ...rest } = record;
    const kept = alone ? { ...rest, text: '' } : { ...record, text: withoutName(record.text, name) };
    return becomes({ ...kept, by: '', rev: board.nextRev });
  },
  rsvp: (record, leaving) => {
    const { board, person, now } = leaving;
    if (record.person !== person) return STAYS;
    const gathering = board.gathering(record.gathering);
    const after = gathering && gatheringAfter(leaving, record.gathering, gathering);
    return after === undefined ? goes(record) : settle(board, record.gathering, after, now, new Map([[person, undefined]]));
  },
};

/** Everything that a board has to change so that it does not know this person any more; nothing to put and nothing gone: it does not. */
export const forgotten = (board: Board, person: string, now: number): Required<Pick<Effect, 'put' | 'gone'>> => {
  const leaving = { board, person, name: board.person(person)?.name ?? '', now };
  const put: KnownRecord[] = [];
  const gone: string[] = [];
  for (const type of Object.keys(FORGET) as KnownRecord['type'][]) {
    const forget = FORGET[type] as (record: KnownRecord, leaving: Leaving) => Effect;
    for (const record of board.all(type)) {
      const effect = forget(record, leaving);
      put.push(...effect.put);
      gone.push(...(effect.gone ?? []));
    }
  }
  return { put, gone };
};

/** Whether a board still knows anything of that person. */
export const knows = (board: Board, person: string): boolean => {
  const { put, gone } = forgotten(board, person, 0);
  return put.length + gone.length > 0;
};

export const forgetPerson: Rule<'forgetPerson'> = {
  who: 'system',
  decide: (board, { person }, { now }) => forgotten(board, person, now),
};

export const deletePerson: Rule<'deletePerson'> = {
  who: 'system',
  decide: (board, { person }, { now }) => {
    const { put, gone } = forgotten(board, person, now);
    const deletion = { id: `deletion/${person}`, type: 'deletion', rev: board.nextRev, at: now } as const;
    return { put: [...put, endedEverywhere(board, person, now), deletion], gone };
  },
};

export const endDeletion: Rule<'endDeletion'> = {
  who: 'system',
  decide: (board, { person }) => {
    const deletion = board.get('deletion', person);
    return { put: [], gone: deletion === undefined ? [] : [deletion.id] };
  },
};
