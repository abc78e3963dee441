/** Moving to another phone: a link, shown as a QR code, by which another phone becomes the same person. It works once. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { cookieSession } from './session.ts';
import { MINUTE } from './time.ts';

/** How long a link can be taken, in ms. */
export const MOVE_LIFE = 10 * MINUTE;

/** Stored on `_`: `move/<hash>` – whoever has the token of that hash may become that person. The token itself is kept nowhere. */
export interface MoveRecord {
  readonly id: `move/${string}`;
  readonly type: 'move';
  readonly rev: number;
  readonly person: string;
  /** Epoch ms. */
  readonly expires: number;
  /** It has been taken; kept until its time is over, so that the phone that shows it can say so. */
  readonly used: boolean;
}

/** SHA-256 of the token, base64url. */
const hashSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/** By the node, for somebody whose cookie it has seen: makes the link; an earlier one is void from then on. */
export const openMove = v.strictObject({ type: v.literal('openMove'), person: idSchema, by: cookieSession, hash: hashSchema });

/** By the node, for a phone that has shown the token. */
export const takeMove = v.strictObject({ type: v.literal('takeMove'), hash: hashSchema });

/** By the node, when a link's time is over (B8). */
export const expireMove = v.strictObject({ type: v.literal('expireMove'), hash: hashSchema });
