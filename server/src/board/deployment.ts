/** The deployment's own board `_`. */
import { type Rule } from './rule.ts';

export const listBoard: Rule<'listBoard'> = {
  who: 'admin',
  decide: (board, { slug }, { now }) =>
    board.get('listing', slug) === undefined
      ? { put: [{ id: `listing/${slug}`, type: 'listing', rev: board.nextRev, slug, at: now }] }
      : { put: [] },
};

export const ensureSecret: Rule<'ensureSecret'> = {
  who: 'system',
  decide: (board, { name, value }) => {
    const known = board.get('secret', name);
    if (known !== undefined) return { put: [], result: { value: known.value } };
    return { put: [{ id: `secret/${name}`, type: 'secret', rev: board.nextRev, value }], result: { value } };
  },
};
