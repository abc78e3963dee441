/** Text made comparable: for search, and for "is it the same?". */

/** Letters that stay whole under NFKD although people type them plainly. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ' };
const WHOLE = /[ßæœøłđðþıς]/g;

// Accents, Hebrew points, Arabic vowel signs, marks around symbols; emoji variants and characters without width. The vowel signs of
// Thai and the Indic scripts are letters to their readers and stay.
const MARKS = /[\u0300-\u036f]|[\u0591-\u05c7]|[\u064b-\u0655\u0670]|[\u20d0-\u20ff]|[\u200b-\u200f\u2060\ufeff]|[\ufe00-\ufe0f]/g;
// eslint-disable-next-line no-control-regex -- the ASCII range
const ASCII = /^[\x00-\x7f]*$/;

/** Lower case, without accents, full-width as half-width. Traditional and simplified Chinese stay what they are. */
export const fold = (text: string): string => {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(WHOLE, (letter) => PLAIN[letter] ?? letter);
};

/** Whether each word of the query is somewhere in the text, which has been folded already; so Chinese substrings are found. */
export const matches = (haystackFolded: string, query: string): boolean =>
  fold(query)
    .split(/\s+/)
    .every((word) => haystackFolded.includes(word));
