/**
 * Text that strangers type: normalised once, at the door (NFC, no control or bidi-override characters), with limits in graphemes –
 * what a person counts – and a cap on code points, so that a pile of combining marks cannot pass as one letter.
 */
import * as v from 'valibot';

// Control characters (but tab and line feed), bidi overrides and isolates, and lone surrogates.
// eslint-disable-next-line no-control-regex -- control characters are what this expression is about
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu;
const BREAKS = /[\t\n\u2028\u2029]+/g;
const MARKS_A_GRAPHEME = 8;

let graphemes: Intl.Segmenter | undefined;

/** Length in graphemes; short pure-ASCII text skips the segmenter. */
export const graphemeCount = (text: string): number => {
  // eslint-disable-next-line no-control-regex -- the ASCII range
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
};

// No writing needs more marks on a letter; a taller pile would be drawn over the lines above and below.
const PILE = /(\p{M}{5})\p{M}+/gu;
// Something to be seen: more than blanks, joiners and fillers.
const VISIBLE = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * Line ends as `\n`, without characters that do not belong into text, then NFC: a letter and its mark may have stood apart until then. Of a
 * pile of marks the first few stay.
 */
export const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(UNWANTED, '').normalize('NFC').replace(PILE, '$1').trim();

/** As {@link cleanText}, on one line. */
export const cleanLine = (text: string): string => cleanText(text.replace(BREAKS, ' ').replace(/\r/g, ' '));

/** Whether there is nothing to be seen. */
export const isBlank = (text: string): boolean => !VISIBLE.test(text);

/** At most `max` graphemes. Text never has more of them than UTF-16 units, so most of it need not be counted – counting is slow. */
export const isWithin = (text: string, max: number): boolean =>
  text.length <= max || (Array.from(text).length <= max * MARKS_A_GRAPHEME && graphemeCount(text) <= max);

const limited = (clean: (text: string) => string, min: number, max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max * MARKS_A_GRAPHEME * 4),
    v.transform(clean),
    v.check((text) => isWithin(text, max), `at most ${max} characters`),
    v.check((text) => min === 0 || !isBlank(text), 'must not be empty'),
  );

/** One line of at most `max` graphemes; `min` 0 lets it be empty. */
export const lineSchema = (max: number, min: 0 | 1 = 1) => limited(cleanLine, min, max);

/** Several lines of at most `max` graphemes; may be empty. */
export const proseSchema = (max: number) => limited(cleanText, 0, max);

/** `URL` is not part of the language itself, so the authority is checked by expression: a host, and no credentials. */
const isLink = (text: string, form: RegExp): boolean => form.test(text) && v.is(v.pipe(v.string(), v.url()), text);
const HTTPS = /^https:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/i;
const HTTP = /^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/i;

/** A link that a person may post: https only, no credentials; empty for none. */
export const linkSchema = v.pipe(
  v.string(),
  v.maxLength(500),
  v.transform((text) => text.trim()),
  v.check((text) => text === '' || isLink(text, HTTPS), 'must be an https:// link'),
);

/** A link that an organiser's list may bring: http too, shown as such. */
export const importedLinkSchema = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.transform((text) => text.trim()),
  v.check((text) => text === '' || isLink(text, HTTP), 'must be an http:// or https:// link'),
);
