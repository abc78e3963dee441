/**
 * Ids. Clients make their own (a command's, a gathering's), so that a retry names the same thing (B7).
 */
import * as v from 'valibot';

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_';

/** What an id looks like: URL-safe, 8–32 characters. */
export const idSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,32}$/));

/** The id of what the node itself does at a time (B8): `what.thing.time`. With dots, so that nobody else can take it first. */
export const dueIdSchema = v.pipe(v.string(), v.regex(/^[A-Za-z]{1,24}\.[A-Za-z0-9_-]{1,64}\.[a-z0-9]{1,12}$/));

/** What a board is called in its address: lower case, digits and hyphens. `_` is the deployment's own board. */
export const slugSchema = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/));

/**
 * Turns random bytes into an id, six bits a character. The bytes come in as data because `shared` has no I/O; callers take them
 * from `crypto.getRandomValues`, which works on plain http too (C6).
 * @param bytes 12 bytes for things (72 bits), 22 for secrets (132 bits)
 */
export const idFrom = (bytes: Uint8Array): string => Array.from(bytes, (byte) => ALPHABET[byte & 63]).join('');
