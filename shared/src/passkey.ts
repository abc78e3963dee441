/** Passkeys: a guest who keeps one in their phone, or in what keeps their passwords, is the same person wherever it is at hand. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { cookieSession } from './session.ts';
import { lineSchema } from './text.ts';

/** Stored on `_`: `passkey/<hash of its credential id>`. Whoever signs with it is that person. */
export interface PasskeyRecord {
  readonly id: `passkey/${string}`;
  readonly type: 'passkey';
  readonly rev: number;
  readonly person: string;
  /** The credential's own id, base64url. */
  readonly credential: string;
  /** COSE, base64url. */
  readonly publicKey: string;
  /** How often it has signed, where it counts; else 0. */
  readonly counter: number;
  /** Which phone made it, in a word; '' where that is not known. */
  readonly name: string;
  readonly at: number;
  /** Epoch ms; 0: not yet. */
  readonly usedAt: number;
  /** Challenges that it has answered and that are still good by themselves: each is answered once. */
  readonly spent: readonly { readonly challenge: string; readonly until: number }[];
}

const keySchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const base64url = (longest: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(longest));
const counterSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** By the node, once it has seen that the phone of that session holds the key. */
export const addPasskey = v.strictObject({
  type: v.literal('addPasskey'),
  person: idSchema,
  by: cookieSession,
  key: keySchema,
  credential: base64url(1400),
  publicKey: base64url(4000),
  counter: counterSchema,
  name: lineSchema(60, 0),
});

/** By the node, once it has seen that a phone has signed that challenge with it. */
export const usePasskey = v.strictObject({
  type: v.literal('usePasskey'),
  key: keySchema,
  counter: counterSchema,
  challenge: keySchema,
  until: v.number(),
});

/** By the node, for the person whose it is. */
export const removePasskey = v.strictObject({ type: v.literal('removePasskey'), person: idSchema, key: keySchema });
