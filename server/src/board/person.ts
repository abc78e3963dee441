/** People: their name, what they have read, and whether they run the board. */
import type { MeView } from '@huddle/shared/person.ts';
import type { Board } from './board.ts';
import { type Rule, refuse } from './rule.ts';

export const setName: Rule<'setName'> = {
  who: 'guest',
  decide: (board, { name }, { person }) => ({ put: [{ ...person, name, rev: board.nextRev }] }),
};

export const markRead: Rule<'markRead'> = {
  who: 'guest',
  decide: (board, { to }, { person }) => {
    // Never ahead of the board: what does not exist yet cannot have been read.
    const readTo = Math.min(Math.max(to, person.readTo), board.rev);
    return readTo === person.readTo ? { put: [] } : { put: [{ ...person, readTo, rev: board.nextRev }] };
  },
};

export const becomeOrganiser: Rule<'becomeOrganiser'> = {
  who: 'guest',
  decide: (board, { key }, { person }) =>
    key !== '' && key === board.self?.organiserKey
      ? { put: person.organiser ? [] : [{ ...person, organiser: true, rev: board.nextRev }] }
      : refuse('forbidden', { field: 'key' }),
};

export const meView = (board: Board, key: string): MeView | undefined => {
  const person = board.person(key);
  if (person === undefined) return undefined;
  const { name, organiser, banned, readTo } = person;
  return { id: `me/${key}`, name, readTo, ...(organiser ? { organiser } : {}), ...(banned ? { banned } : {}) };
};
