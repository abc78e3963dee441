/**
 * Decides whether anything went wrong, from what phones were told, from every commit that the store made, and from the store and the
 * phones at the end. It asks the product nothing but which views a board has (`views.ts`); what seats promise it counts by itself.
 */
import { isDeepStrictEqual } from 'node:util';
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { PersonRecord } from '@huddle/shared/person.ts';
import type { View } from '@huddle/shared/protocol.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import type { Board } from '../../server/src/board/board.ts';
import { maySee, viewsFor } from '../../server/src/board/views.ts';
import type { StoredRecord } from '../../server/src/board/records.ts';
import type { Receipt, StoredBoard } from '../../server/src/store/store.ts';
import type { Phone } from '../phone.ts';
import { boardAfter, type LoggedCommit } from './commit-log.ts';
import { outcomeOf, type Told } from './history.ts';
import { brokenPromise, takenBy } from './promise.ts';

export interface Evidence {
  readonly told: readonly Told[];
  readonly commits: readonly LoggedCommit[];
  /** The store at the end. */
  readonly stored: StoredBoard;
  readonly phones: readonly Phone[];
  /** Epoch ms. */
  readonly now: number;
}

const keyOf = ({ by, command }: Told): string => `${by}:${command.id}`;
const short = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 300));

/** Each commit follows the one before it: whoever wrote on top of something else would leave a gap, or a rev twice. */
const gaps = (commits: readonly LoggedCommit[]): string[] =>
  commits.flatMap(({ rev }, index) => (rev === index + 1 ? [] : [`S2: commit ${String(index + 1)} calls itself rev ${String(rev)}`]));

/** The store holds what its commits add up to. */
const misheld = (commits: readonly LoggedCommit[], stored: StoredBoard): string[] => {
  const expected = boardAfter(commits).records;
  const held = new Map(boardAfter([{ rev: stored.head.rev, put: stored.records, gone: [], receipts: [] }]).records);
  const wrong = [...new Set([...expected.keys(), ...held.keys()])].filter((id) => !isDeepStrictEqual(expected.get(id), held.get(id)));
  return [
    ...(stored.head.rev === (commits.at(-1)?.rev ?? 0) ? [] : [`S1: the store is at rev ${String(stored.head.rev)}`]),
    ...wrong.map((id) => `S1: ${id} is ${short(held.get(id))} in the store, and was written as ${short(expected.get(id))}`),
  ];
};

/** B7, R2, R3: what was acknowledged is there, once, with the result that was told; what was refused is not. */
const wrongReceipts = (told: readonly Told[], commits: readonly LoggedCommit[]): string[] => {
  const receipts = new Map<string, Receipt[]>();
  for (const { rev, receipts: made } of commits) {
    for (const receipt of made) {
      receipts.set(receipt.key, [...(receipts.get(receipt.key) ?? []), receipt]);
      if (receipt.rev !== rev) return [`B7: the receipt of ${receipt.key} speaks of rev ${String(receipt.rev)} in commit ${String(rev)}`];
    }
  }
  return told.flatMap((each) => {
    const [receipt, second] = receipts.get(keyOf(each)) ?? [];
    const problems: string[] = [];
    const say = (what: string): void => void problems.push(`${what}: ${short(each.command)} of ${each.by}, ${short(receipt)}`);
    if (second !== undefined) say('B7: took effect twice');
    const outcomes = new Set(each.attempts.map(outcomeOf));
    if (!outcomes.has('ok') && !outcomes.has('unknown') && receipt !== undefined) say('B7: was refused, and took effect');
    for (const { ack } of each.attempts) {
      if (ack?.ok === false && ack.code === 'internal') say('was answered with an error of the server');
      if (ack?.ok !== true) continue;
      if (receipt === undefined) say('R2: was acknowledged, and is missing');
      else if (ack.rev !== receipt.rev || !isDeepStrictEqual(ack.result, receipt.result)) say(`B7: was answered ${short(ack)}`);
    }
    return problems;
  });
};

/** What was acknowledged before another command was first sent comes before it in the store, too. */
const wrongOrder = (told: readonly Told[]): string[] => {
  const done = told.flatMap((each) => {
    const answered = each.attempts.find(({ ack }) => ack?.ok === true);
    if (answered?.ack?.ok !== true) return [];
    return [{ each, invoked: each.attempts[0]?.invoked ?? Infinity, ended: answered.ended, rev: answered.ack.rev }];
  });
  const byEnd = [...done].sort((a, b) => a.ended - b.ended);
  let passed = 0;
  let latest = 0;
  return done
    .sort((a, b) => a.invoked - b.invoked)
    .flatMap(({ each, invoked, rev }) => {
      for (let next = byEnd[passed]; next !== undefined && next.ended < invoked; next = byEnd[(passed += 1)])
        latest = Math.max(latest, next.rev);
      return rev > latest
        ? []
        : [`S1: ${short(each.command)} was sent after rev ${String(latest)} was acknowledged, and is rev ${String(rev)}`];
    });
};

/** What a command that took effect leaves behind: under which record, and whether that is so. */
const leftBehind = ({ by, command }: Told): readonly [id: string, holds: (record: StoredRecord | undefined) => boolean] | undefined => {
  switch (command.type) {
    case 'takeSeat':
      return [`rsvp/${command.gathering}:${by}`, (record) => (record as RsvpRecord | undefined)?.party === (command.party ?? 1)];
    case 'giveBackSeat':
      return [`rsvp/${command.gathering}:${by}`, (record) => record === undefined];
    case 'setName':
      return [`person/${by}`, (record) => (record as PersonRecord | undefined)?.name === command.name];
    case 'closeDoor':
      return [`gathering/${command.gathering} door`, (record) => (record as GatheringRecord | undefined)?.closed === command.closed];
    case 'hideGathering':
      return [`gathering/${command.gathering} hidden`, (record) => (record as GatheringRecord | undefined)?.hidden === command.hidden];
    case 'editGathering':
      return [
        `gathering/${command.gathering} capacity`,
        (record) => (record as GatheringRecord | undefined)?.capacity === command.capacity,
      ];
    default:
      return undefined;
  }
};

/**
 * People who may be at a gathering after a commit, whatever its capacity is by then (B5): those who were there before, and as many as found
 * a seat under a capacity that this very commit then cut – it may hold the commands of many.
 */
const heldBy = (before: number, was: GatheringRecord | undefined, commands: readonly Told[]): number => {
  const capacities = commands.flatMap(({ command }) =>
    command.type === 'editGathering' && `gathering/${command.gathering}` === was?.id && command.capacity !== undefined
      ? [command.capacity ?? Infinity]
      : [],
  );
  // Only what was in force before the last of them: that one is the capacity now.
  const cut = capacities.length === 0 ? [] : [was?.capacity ?? Infinity, ...capacities.slice(0, -1)];
  return Math.max(before, ...cut);
};

/** R1 and R2 at every rev: no seat too many, none free while someone waits, and every command has done what it was for. */
const wrongOnTheWay = (told: readonly Told[], commits: readonly LoggedCommit[], now: number): string[] => {
  const known = new Map(told.map((each) => [keyOf(each), each]));
  const records = new Map<string, StoredRecord>();
  const answers = new Map<string, Map<string, RsvpRecord>>();
  const taken = new Map<string, number>();
  const problems: string[] = [];
  for (const { rev, put, gone, receipts } of commits) {
    /** Gatherings whose seats this commit is about, as they were before. */
    const touched = new Map<string, GatheringRecord | undefined>();
    const note = (id: string, record: StoredRecord | undefined): void => {
      const [, noun, gathering = ''] = /^(rsvp|gathering)\/([^:]+)/.exec(id) ?? [];
      if (noun !== undefined && !touched.has(gathering))
        touched.set(gathering, records.get(`gathering/${gathering}`) as GatheringRecord | undefined);
      if (record === undefined) records.delete(id);
      else records.set(id, record);
      if (noun !== 'rsvp') return;
      const at = answers.get(gathering) ?? new Map<string, RsvpRecord>();
      answers.set(gathering, at);
      if (record === undefined) at.delete(id);
      else at.set(id, record as RsvpRecord);
    };
    for (const id of gone) note(id, undefined);
    for (const record of put) note(record.id, record);
    const commands = receipts.flatMap(({ key }) => known.get(key) ?? []);
    for (const [gathering, was] of touched) {
      const about = records.get(`gathering/${gathering}`) as GatheringRecord;
      const there = [...(answers.get(gathering)?.values() ?? [])];
      const broken = brokenPromise(about, there, heldBy(taken.get(gathering) ?? 0, was, commands), now);
      taken.set(gathering, takenBy(there));
      if (broken !== undefined) problems.push(`${broken}, at rev ${String(rev)}`);
    }
    const last = new Map(
      commands.flatMap((each) => {
        const left = leftBehind(each);
        return left === undefined ? [] : [[left[0], { each, holds: left[1] }] as const];
      }),
    );
    for (const [what, { each, holds }] of last) {
      const record = records.get(what.split(' ')[0] ?? '');
      if (!holds(record))
        problems.push(`R2: ${short(each.command)} has its receipt at rev ${String(rev)}, but not its effect: ${short(record)}`);
    }
  }
  return problems;
};

/** R11: what a phone shows beside what the board holds for it; undefined when they are equal. */
export const different = (phone: Phone, board: Board): string | undefined => {
  const actor = phone.person === undefined ? undefined : ({ kind: 'person', id: phone.person } as const);
  for (const audience of phone.views.keys()) {
    const views = maySee(board, audience, actor) ? viewsFor(board, audience) : [];
    const expected: ReadonlyMap<string, View> = new Map(views.map((view) => [view.id, view]));
    const shown = phone.audience(audience);
    for (const id of new Set([...expected.keys(), ...shown.keys()])) {
      // As it crosses the wire: what is undefined is not there.
      const due = expected.get(id);
      if (isDeepStrictEqual(due === undefined ? undefined : JSON.parse(JSON.stringify(due)), shown.get(id))) continue;
      return `R11: a phone shows ${short(shown.get(id))} where the store has ${short(due)} (${audience})`;
    }
  }
  return undefined;
};

/** Everything that went wrong, in sentences. Empty: nothing did. */
export const check = ({ told, commits, stored, phones, now }: Evidence): string[] => {
  const board = boardAfter(commits);
  return [
    ...gaps(commits),
    ...misheld(commits, stored),
    ...wrongReceipts(told, commits),
    ...wrongOrder(told),
    ...wrongOnTheWay(told, commits, now),
    ...phones.flatMap((phone) => different(phone, board) ?? []),
  ];
};
