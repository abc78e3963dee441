/** The join code (X6): set by organisers, shown once by each person. */
import type { JoinCodeView } from '@huddle/shared/join.ts';
import type { CommandType } from '@huddle/shared/protocol.ts';
import type { Board } from './board.ts';
import { type Case, type Rule, refuse } from './rule.ts';

/**
 * What needs no code: it shows to nobody else, or gives something back. Anything not named here needs one.
 */
const NEEDS_NO_CODE: ReadonlySet<CommandType> = new Set(['setName', 'markRead', 'becomeOrganiser', 'joinBoard', 'giveBackSeat']);

/** Why this person may not, as long as the board's code has not been shown. Whoever organises, and whoever is no person, needs none. */
export const codeRefusal = (board: Board, type: CommandType, { actor, person, organises }: Case): ReturnType<typeof refuse> | undefined => {
  const code = board.self?.joinCode;
  if (code === undefined || actor.kind !== 'person' || organises || NEEDS_NO_CODE.has(type)) return undefined;
  return person.joinedWith === code ? undefined : refuse('codeNeeded');
};

export const setJoinCode: Rule<'setJoinCode'> = {
  who: 'organiser',
  decide: (board, { code }) => {
    if (board.self === undefined) return refuse('notFound');
    const { joinCode, ...self } = board.self;
    if ((joinCode ?? '') === code) return { put: [] };
    return { put: [{ ...self, ...(code === '' ? {} : { joinCode: code }), rev: board.nextRev }] };
  },
};

export const joinBoard: Rule<'joinBoard'> = {
  who: 'guest',
  decide: (board, { code }, { person }) => {
    const asked = board.self?.joinCode;
    // A link may carry a code that is no longer asked for.
    if (asked === undefined || person.joinedWith === asked) return { put: [] };
    return code === asked ? { put: [{ ...person, joinedWith: code, rev: board.nextRev }] } : refuse('codeWrong', { field: 'code' });
  },
};

export const joinCodeView = (board: Board, key: string): JoinCodeView | undefined => {
  const code = board.self?.joinCode;
  return code === undefined ? undefined : { id: `join-code/${key}`, code };
};
