/** A person who wants to be gone: from every board of the deployment, and from its own board `_`. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';

/**
 * Stored on `_`: `deletion/<person>` – not every board has forgotten that person yet, or the disk still holds what was written of them.
 * Whatever stops the work, it goes on from here.
 */
export interface DeletionRecord {
  readonly id: `deletion/${string}`;
  readonly type: 'deletion';
  readonly rev: number;
  /** When the person asked for it, epoch ms. */
  readonly at: number;
}

/** By the node, on `_`, for somebody whose cookie it has seen: every session of theirs is over, and all boards are to forget them. */
export const deletePerson = v.strictObject({ type: v.literal('deletePerson'), person: idSchema });

/** By the node, on each board: whatever it knows of that person goes, their seats to whoever waits. */
export const forgetPerson = v.strictObject({ type: v.literal('forgetPerson'), person: idSchema });

/** By the node, on `_`: the work is done. */
export const endDeletion = v.strictObject({ type: v.literal('endDeletion'), person: idSchema });
