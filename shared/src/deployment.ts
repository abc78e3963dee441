/** The deployment's own board `_`: which boards there are, and the secret that signs sessions. */
import * as v from 'valibot';
import { createBoard } from './board.ts';
import { slugSchema } from './ids.ts';

/** What the list says of a board, so that showing the list loads none of its boards. */
export interface Listed {
  readonly slug: string;
  readonly name: string;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** Stored on `_`: `listing/<slug>`. Listings of before there were names in them have none until their board is next loaded (B9). */
export interface ListingRecord extends Partial<Omit<Listed, 'slug'>> {
  readonly id: `listing/${string}`;
  readonly type: 'listing';
  readonly rev: number;
  readonly slug: string;
  readonly at: number;
}

/** Stored on `_`: `secret/<name>` – shared by all nodes, never in a view. */
export interface SecretRecord {
  readonly id: `secret/${string}`;
  readonly type: 'secret';
  readonly rev: number;
  readonly value: string;
}

/** By the administrator: the board shows up in the deployment's list. By the node: what the list says of it has changed. */
export const listBoard = v.strictObject({
  type: v.literal('listBoard'),
  slug: slugSchema,
  name: createBoard.entries.name,
  from: createBoard.entries.from,
  to: createBoard.entries.to,
});

/** By the node itself: the first value wins, and is what every node gets as the result. */
export const ensureSecret = v.strictObject({
  type: v.literal('ensureSecret'),
  name: v.picklist(['session', 'push']),
  value: v.pipe(v.string(), v.minLength(32), v.maxLength(128)),
});
