/** Links that carry the board's join code, so that whoever scans the QR in the hall is never asked. */
import { foldCode } from '@huddle/shared/join.ts';

const PARAMETER = 'code';
// Nothing that is mistaken for something else when read out or copied by hand: 32 signs, 40 bits in eight.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The board's address, with the code where there is one. `origin`: `https://host[:port]`. */
export const boardLink = (origin: string, slug: string, code?: string): string =>
  `${origin}/b/${slug}${code === undefined ? '' : `?${PARAMETER}=${encodeURIComponent(code)}`}`;

/** The code in an address' query (`?…`), if there is one. */
export const codeIn = (search: string): string | undefined => {
  const code = foldCode(new URLSearchParams(search).get(PARAMETER) ?? '');
  return code === '' ? undefined : code;
};

/** A code of eight signs. Works on plain http too (C6). */
export const newJoinCode = (): string => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => ALPHABET[byte & 31]).join('');
