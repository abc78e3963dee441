/** Moving to another phone, as records of the deployment's own board: a link that works once, whichever node is asked. */
import { MOVE_LIFE } from '@huddle/shared/move.ts';
import type { DueOf } from './due.ts';
import { type Rule, refuse } from './rule.ts';
import { becoming, hasLeft, movesOf } from './session.ts';

export const openMove: Rule<'openMove'> = {
  who: 'system',
  decide: (board, { person, by, hash }, { now }) => {
    if (hasLeft(board, person, by)) return refuse('signedOut');
    if (board.get('move', hash) !== undefined) return refuse('idTaken', { field: 'hash' });
    const expires = now + MOVE_LIFE;
    const move = { id: `move/${hash}`, type: 'move', rev: board.nextRev, person, expires, used: false } as const;
    return { put: [move], gone: movesOf(board, person).map(({ id }) => id), result: { expires } };
  },
};

export const takeMove: Rule<'takeMove'> = {
  who: 'system',
  decide: (board, { hash }, { now }) => {
    const move = board.get('move', hash);
    if (move === undefined || move.used || move.expires <= now) return refuse('linkExpired');
    return { put: [{ ...move, rev: board.nextRev, used: true }], result: becoming(board, move.person, now) };
  },
};

export const expireMove: Rule<'expireMove'> = {
  who: 'system',
  decide: (board, { hash }, { now }) => {
    const move = board.get('move', hash);
    return move === undefined || move.expires > now ? { put: [] } : { put: [], gone: [move.id] };
  },
};

/** Links whose time is over (B8). */
export const moveDue: DueOf = (board, hash) => {
  const move = board.get('move', hash);
  return move === undefined ? undefined : { at: move.expires, command: { type: 'expireMove', hash } };
};
