/** The deployment's own board `_`: which boards there are, and the secret that signs sessions. */
import * as v from 'valibot';
import { slugSchema } from './ids.ts';

/** Stored on `_`: `listing/<slug>`. */
export interface ListingRecord {
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

/** By the administrator: the board shows up in the deployment's list. */
export const listBoard = v.strictObject({ type: v.literal('listBoard'), slug: slugSchema });

/** By the node itself: the first value wins, and is what every node gets as the result. */
export const ensureSecret = v.strictObject({
  type: v.literal('ensureSecret'),
  name: v.picklist(['session']),
  value: v.pipe(v.string(), v.minLength(32), v.maxLength(128)),
});
