/** The link by which another person hosts too, or instead: made on the phone, works once. */
import { idFrom } from '@huddle/shared/ids.ts';

const PARAMETER = 'host';

/** A secret of 22 characters (132 bits). Works on plain http too (C6). */
export const newHostToken = (): string => idFrom(crypto.getRandomValues(new Uint8Array(22)));

/** The address that carries the token. `origin`: `https://host[:port]`. */
export const hostLink = (origin: string, slug: string, gathering: string, token: string): string =>
  `${origin}/b/${slug}/g/${gathering}?${PARAMETER}=${token}`;

/** The token in an address' query, if there is one. */
export const hostTokenIn = (query: ReadonlyMap<string, string>): string | undefined => {
  const token = query.get(PARAMETER) ?? '';
  return /^[A-Za-z0-9_-]{22}$/.test(token) ? token : undefined;
};
