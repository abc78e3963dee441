/** Looking for what another node may have written a moment ago, on behalf of strangers. */
import { hash } from 'node:crypto';
import { Bucket } from '../live/limit.ts';
import type { HttpParts } from './parts.ts';

/**
 * How often strangers may ask for what this node does not know, of all of them together (X6): nothing here is guessed, but each try asks the
 * store. Who shows what is known is not held up by them.
 */
const MISSES_A_SECOND = 20;
const MISSES_AT_ONCE = 200;

/** What a record is called whose secret a stranger shows: the store has never seen the secret itself. */
export const hashOf = (secret: string): string => hash('sha256', secret, 'base64url');

/** What `look` finds here, once more after asking the store; a number: how many ms to wait before asking again. @throws StoreAway */
export type Search = <T extends object>(look: () => T | undefined) => Promise<T | number | undefined>;

export const createSearch = ({ deployment, now }: Pick<HttpParts, 'deployment' | 'now'>): Search => {
  const misses = new Bucket(MISSES_A_SECOND, MISSES_AT_ONCE, now());
  return async (look) => {
    const known = look();
    if (known !== undefined) return known;
    const wait = misses.take(now());
    if (wait > 0) return wait;
    await deployment.catchUp();
    return look();
  };
};
