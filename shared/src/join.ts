/** A join code: what an organiser asks of those who want to do something on the board, when strangers spoil it. Reading needs none. */
import * as v from 'valibot';
import { cleanLine } from './text.ts';

const FORM = /^[\p{L}\p{N}]{6,32}$/u;

/** What two ways of writing the same code have in common: no case, no blanks, no hyphens. */
export const foldCode = (code: string): string =>
  cleanLine(code)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '');

/** Whether it is long enough not to be guessed (a person has ten tries a minute at most), and short enough to be read out. */
export const isJoinCode = (code: string): boolean => FORM.test(foldCode(code));

const codeSchema = v.pipe(v.string(), v.maxLength(200), v.transform(foldCode));

/** The code, for organisers: it stands in the links they print. Absent where none is asked. Audience `organiser`. */
export interface JoinCodeView {
  readonly id: `join-code/${string}`;
  readonly code: string;
}

/** By an organiser: from now on everybody else is asked for this code, once – those who showed another one as well. Empty: no code. */
export const setJoinCode = v.strictObject({
  type: v.literal('setJoinCode'),
  code: v.pipe(
    codeSchema,
    v.check((code) => code === '' || FORM.test(code), 'must be 6 to 32 letters and digits, or empty for none'),
  ),
});

/** By the person: shows the code. */
export const joinBoard = v.strictObject({ type: v.literal('joinBoard'), code: codeSchema });
