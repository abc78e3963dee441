/** The deployment's own board `_`. */
import type { Listed, ListingRecord } from '@huddle/shared/deployment.ts';
import { type Rule } from './rule.ts';

/** Whether the list has a board's name and days as they are. */
export const saysTheSame = (listing: ListingRecord, { name, from, to }: Listed): boolean =>
  listing.name === name && listing.from === from && listing.to === to;

export const listBoard: Rule<'listBoard'> = {
  who: 'admin',
  decide: (board, { type: _, ...listed }, { now }) => {
    const id = `listing/${listed.slug}` as const;
    const known = board.get('listing', listed.slug);
    if (known !== undefined && saysTheSame(known, listed)) return { put: [] };
    return { put: [{ at: now, ...known, ...listed, id, type: 'listing', rev: board.nextRev }] };
  },
};

export const ensureSecret: Rule<'ensureSecret'> = {
  who: 'system',
  decide: (board, { name, value }) => {
    const known = board.get('secret', name);
    if (known !== undefined) return { put: [], result: { value: known.value } };
    return { put: [{ id: `secret/${name}`, type: 'secret', rev: board.nextRev, value }], result: { value } };
  },
};
