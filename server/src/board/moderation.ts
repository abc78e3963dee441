/** Keeping the board clean: reports, hiding, bans; and what organisers see of it. */
import type { ModerationView } from '@huddle/shared/moderation.ts';
import type { BannedView, PersonRecord } from '@huddle/shared/person.ts';
import type { Board } from './board.ts';
import type { KnownRecord, StoredRecord } from './records.ts';
import { type Rule, invalid, refuse } from './rule.ts';
import { settle } from './rsvp.ts';
import type { Step } from './views.ts';

const isBanned = (record: StoredRecord | undefined): boolean => (record as PersonRecord | undefined)?.banned === true;

export const reportGathering: Rule<'reportGathering'> = {
  who: 'named',
  decide: (board, { gathering: key, reason, text }, { by, now }) => {
    const gathering = board.gathering(key);
    if (gathering === undefined || gathering.hidden) return refuse('notFound', { field: 'gathering' });
    return {
      put: [{ id: `report/${key}:${by}`, type: 'report', rev: board.nextRev, gathering: key, person: by, reason, text, at: now }],
    };
  },
};

export const dismissReports: Rule<'dismissReports'> = {
  who: 'organiser',
  decide: (board, { gathering }) => ({ put: [], gone: [...board.reportsOf(gathering).values()].map(({ id }) => id) }),
};

export const hideGathering: Rule<'hideGathering'> = {
  who: 'organiser',
  decide: (board, { gathering: key, hidden }, { now }) => {
    const gathering = board.gathering(key);
    if (gathering === undefined) return refuse('notFound', { field: 'gathering' });
    if (gathering.hidden === hidden) return { put: [] };
    const next = { ...gathering, hidden, rev: board.nextRev };
    return { put: [next, ...settle(board, key, next, now).put] };
  },
};

/** A ban gives up every seat the person holds, and each goes to whoever waits for it, in the same commit (B3). */
export const banPerson: Rule<'banPerson'> = {
  who: 'organiser',
  decide: (board, { person: key, banned }, { by, now }) => {
    const person = board.person(key);
    if (person === undefined) return refuse('notFound', { field: 'person' });
    if (key === by) return invalid('person', 'you cannot ban yourself');
    const next = { ...person, banned, organiser: person.organiser && !banned, rev: board.nextRev };
    if (!banned) return { put: [next] };
    const put: KnownRecord[] = [next];
    const gone: string[] = [];
    for (const held of board.rsvpsBy(key)) {
      const gathering = board.gathering(held);
      if (gathering === undefined) continue;
      const effect = settle(board, held, gathering, now, new Map([[key, undefined]]));
      put.push(...effect.put);
      gone.push(...(effect.gone ?? []));
    }
    return { put, gone };
  },
};

/** People whom these steps ban. */
export const justBanned = (steps: readonly Step[]): string[] =>
  steps
    .filter(({ id, before, after }) => id.startsWith('person/') && !isBanned(before) && isBanned(after))
    .map(({ id }) => id.slice('person/'.length));

export const moderationView = (board: Board, key: string): ModerationView | undefined => {
  const gathering = board.gathering(key);
  if (gathering === undefined) return undefined;
  const hosts = [...board.hostsOf(key).keys()].map((person) => {
    const { name = '', banned = false } = board.person(person) ?? {};
    return { person, name, ...(banned ? { banned } : {}) };
  });
  const reports = [...board.reportsOf(key).values()]
    .sort((a, b) => b.at - a.at)
    .map(({ person, reason, text, at }) => ({ name: board.person(person)?.name ?? '', reason, at, ...(text === '' ? {} : { text }) }));
  return {
    id: `moderation/${key}`,
    title: gathering.title,
    start: gathering.start,
    hosts,
    ...(gathering.hidden ? { hidden: true } : {}),
    ...(reports.length === 0 ? {} : { reports }),
  };
};

export const bannedView = (board: Board, key: string): BannedView | undefined => {
  const person = board.person(key);
  return person?.banned === true ? { id: `banned/${key}`, name: person.name } : undefined;
};
