/** The board itself: created by the administrator, edited by its organisers. */
import type { BoardView } from '@huddle/shared/board.ts';
import type { Board } from './board.ts';
import { type Rule, invalid, refuse } from './rule.ts';

/** The longest board, in days. */
const LONGEST = 366;

const wrongDays = (from: string, to: string): ReturnType<typeof invalid> | undefined => {
  if (to < from) return invalid('to', 'must not be before the first day');
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 >= LONGEST ? invalid('to', `at most ${LONGEST} days`) : undefined;
};

export const createBoard: Rule<'createBoard'> = {
  who: 'admin',
  decide: (board, { type: _type, ...fields }, { now }) => {
    if (board.self !== undefined) return refuse('idTaken', { field: 'slug' });
    const wrong = wrongDays(fields.from, fields.to);
    if (wrong !== undefined) return wrong;
    return { put: [{ id: `board/${fields.slug}`, type: 'board', rev: board.nextRev, ...fields, createdAt: now }] };
  },
};

export const editBoard: Rule<'editBoard'> = {
  who: 'organiser',
  decide: (board, { name, zone, from, to }) => {
    const self = board.self;
    if (self === undefined) return refuse('notFound');
    const next = {
      ...self,
      name: name ?? self.name,
      zone: zone ?? self.zone,
      from: from ?? self.from,
      to: to ?? self.to,
      rev: board.nextRev,
    };
    return wrongDays(next.from, next.to) ?? { put: [next] };
  },
};

export const boardView = (board: Board): BoardView | undefined => {
  const self = board.self;
  return self === undefined ? undefined : { id: self.id, name: self.name, zone: self.zone, from: self.from, to: self.to };
};
