/** Importing a list: what is new, what changed, what is the same. A bad entry is skipped with its reason; the rest goes in. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { ImportedGathering, ImportResult } from '@huddle/shared/import.ts';
import { type Board, titleKey } from './board.ts';
import { newGathering, presentFields, wrongTimes } from './gathering.ts';
import { tell } from './notice.ts';
import type { KnownRecord } from './records.ts';
import { type Case, type Rule } from './rule.ts';
import { settle } from './rsvp.ts';

/** By its UID, its own key, the id that our own export gave it, else title and start – but never one that the same kind of list knows by another id. */
const findExisting = (board: Board, { gathering, uid, key, title, start }: ImportedGathering): GatheringRecord | undefined => {
  const known =
    (uid === undefined ? undefined : board.bySource(`uid:${uid}`)) ??
    (key === undefined ? undefined : board.bySource(`key:${key}`)) ??
    board.gathering(gathering);
  if (known !== undefined) return known;
  const same = board.bySource(titleKey(title, start));
  const taken = (uid !== undefined && same?.source?.uid !== undefined) || (key !== undefined && same?.source?.key !== undefined);
  return taken ? undefined : same;
};

const fieldsOf = ({ line: _line, gathering: _id, uid: _uid, key: _key, ...fields }: ImportedGathering) => presentFields(fields);

/** The key it has, with what this list calls it. */
const sourceOf = (existing: GatheringRecord | undefined, { uid, key }: ImportedGathering): Pick<GatheringRecord, 'source'> => {
  const source = { ...existing?.source, ...(uid === undefined ? {} : { uid }), ...(key === undefined ? {} : { key }) };
  return Object.keys(source).length === 0 ? {} : { source };
};

const isSame = (a: GatheringRecord, b: GatheringRecord): boolean =>
  JSON.stringify({ ...a, rev: 0, source: null }) === JSON.stringify({ ...b, rev: 0, source: null }) &&
  a.source?.uid === b.source?.uid &&
  a.source?.key === b.source?.key;

/** Those who answered are told when the list moves, postpones or cancels what they go to. */
const notices = (board: Board, given: Case, before: GatheringRecord, after: GatheringRecord): KnownRecord[] => {
  const key = before.id.slice('gathering/'.length);
  if (board.seats(key).answers.size === 0) return [];
  const notice = (name: string, about: Parameters<typeof tell>[3]) =>
    tell(board, { ...given, id: `${given.id}-${key}${name}` }, key, about);
  return [
    ...(before.place === after.place ? [] : [notice('m', { kind: 'moved', place: after.place })]),
    ...(before.start === after.start ? [] : [notice('p', { kind: 'postponed', start: after.start })]),
    ...(before.cancelled === after.cancelled || before.cancelled ? [] : [notice('c', { kind: 'cancelled' })]),
  ];
};

type Report = { [K in keyof ImportResult]: ImportResult[K][number][] };

/** One entry: what it puts, noted in the report. */
const importEntry = (board: Board, entry: ImportedGathering, given: Case, report: Report, seen: Map<string, number>): KnownRecord[] => {
  const { line, title, start, end } = entry;
  const skip = (field: string, reason: string): KnownRecord[] => {
    report.skipped.push({ line, field, reason });
    return [];
  };
  const wrong = wrongTimes(board, start, end);
  if (wrong !== undefined) return skip(wrong.field, wrong.message);
  const existing = findExisting(board, entry);
  const identities = [existing?.id ?? entry.uid ?? entry.key ?? titleKey(title, start), `gathering/${entry.gathering}`];
  const twin = identities.map((identity) => seen.get(identity)).find((found) => found !== undefined);
  if (twin !== undefined) return skip('key', `the same gathering as entry ${twin}`);
  for (const identity of identities) seen.set(identity, line);
  if (existing === undefined) {
    report.added.push(line);
    return [newGathering(board, entry.gathering, given.now, { title, start, end, ...fieldsOf(entry), ...sourceOf(undefined, entry) })];
  }
  const next: GatheringRecord = { ...existing, ...fieldsOf(entry), ...sourceOf(existing, entry), rev: board.nextRev };
  if (isSame(existing, next)) {
    report.same.push(line);
    return [];
  }
  report.changed.push(line);
  const key = existing.id.slice('gathering/'.length);
  return [next, ...settle(board, key, next, given.now).put, ...notices(board, given, existing, next)] as KnownRecord[];
};

export const importGatherings: Rule<'importGatherings'> = {
  who: 'organiser',
  decide: (board, { gatherings }, given) => {
    const report: Report = { added: [], changed: [], same: [], skipped: [] };
    const seen = new Map<string, number>();
    return { put: gatherings.flatMap((entry) => importEntry(board, entry, given, report, seen)), result: report };
  },
};
