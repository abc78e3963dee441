/** My plan: the link that a calendar program reads, and what it reads. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { PlanLinkView } from '@huddle/shared/plan.ts';
import type { Board } from './board.ts';
import { type Rule, refuse } from './rule.ts';

export const linkPlan: Rule<'linkPlan'> = {
  who: 'guest',
  decide: (board, { token }, { by, now }) => {
    if (board.planOf(token) !== undefined) return refuse('idTaken', { field: 'token' });
    return { put: [{ id: `plan-link/${by}`, type: 'plan-link', rev: board.nextRev, token, at: now }] };
  },
};

export const unlinkPlan: Rule<'unlinkPlan'> = {
  who: 'guest',
  decide: (board, _command, { by }) => ({ put: [], gone: board.get('plan-link', by) === undefined ? [] : [`plan-link/${by}`] }),
};

export const planLinkView = (board: Board, person: string): PlanLinkView | undefined => {
  const link = board.get('plan-link', person);
  return link && { id: `plan-link/${person}`, token: link.token };
};

/** A gathering of a plan, as its person may see it. */
export interface PlanEntry extends Pick<
  GatheringRecord,
  'title' | 'start' | 'end' | 'place' | 'address' | 'description' | 'tags' | 'cancelled' | 'rev'
> {
  readonly id: string;
  /** Only waitlisted: may come to nothing. */
  readonly tentative: boolean;
}

/**
 * What the person of that link goes to, waits for or hosts, in order; undefined where the link is void. A place for those going alone is
 * left out for who only waits (X5).
 */
export const planBehind = (board: Board, token: string): PlanEntry[] | undefined => {
  const person = board.planOf(token);
  if (person === undefined || board.person(person)?.banned === true) return undefined;
  const keys = new Set([...board.rsvpsBy(person), ...board.hostedBy(person).keys()]);
  const entries = [...keys].flatMap((key): PlanEntry[] => {
    const gathering = board.gathering(key);
    const status = board.seats(key).answers.get(person)?.status;
    const hosts = board.hostsOf(key).has(person);
    if (gathering === undefined || gathering.hidden || (!hosts && status !== 'going' && status !== 'waitlisted')) return [];
    const { title, start, end, description, tags, cancelled, rev } = gathering;
    const seesPlace = hosts || status === 'going' || gathering.placeFor === 'all';
    const { place, address } = seesPlace ? gathering : { place: '', address: '' };
    return [{ id: key, title, start, end, place, address, description, tags, cancelled, rev, tentative: !hosts && status !== 'going' }];
  });
  return entries.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
};
