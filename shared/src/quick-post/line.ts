/** The line somebody typed, and which part of it became what. */

/** What a part of the line became: one chip each. */
export type ChipField = 'time' | 'length' | 'place' | 'capacity' | 'party' | 'kind' | 'tag';

/** Characters `from`–`to` (UTF-16, `to` exclusive) of the line became that chip. */
export interface ChipSpan {
  readonly from: number;
  readonly to: number;
  readonly field: ChipField;
}

/** Stands where something has been understood already; the second where it was a day. No pattern reaches across. */
export const TAKEN = '\uE000';
export const TAKEN_DAY = '\uE001';

const LONGEST = 400;

/** At most so many UTF-16 units, no character cut in two. */
const cut = (text: string, longest: number): string => text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');

const plainUnit = (unit: string): string => {
  const code = unit.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase();
  if (code === 0x3000 || code === 0xa0 || (code >= 0xe000 && code <= 0xe0ff)) return ' ';
  const lower = unit.toLowerCase();
  return lower.length === 1 ? lower : unit;
};

/** Lower case, half-width, as long as before, so that places in it are places in the line. */
export const plain = (text: string): string => text.split('').map(plainUnit).join('');

export class Line {
  /** As typed. */
  readonly given: string;
  readonly spans: ChipSpan[] = [];
  /** What has not been understood yet, in plain letters. */
  rest: string;

  constructor(text: string) {
    this.given = text.slice(0, LONGEST);
    this.rest = plain(this.given);
  }

  /**
   * Gives each match of a global pattern to `read`; the first that it makes something of is taken out of the line. A group named `pre`
   * is what had to stand before, and stays.
   */
  take<T>(pattern: RegExp, field: ChipField, read: (match: RegExpMatchArray) => T | undefined, mask: string = TAKEN): T | undefined {
    for (const match of this.rest.matchAll(pattern)) {
      const value = read(match);
      if (value === undefined) continue;
      const skipped = match[0].slice(match.groups?.['pre']?.length ?? 0);
      const from = match.index + match[0].length - skipped.trimStart().length;
      const to = match.index + match[0].trimEnd().length;
      if (to <= from) continue;
      this.mark(from, to, field);
      this.rest = this.rest.slice(0, from) + mask.repeat(to - from) + this.rest.slice(to);
      return value;
    }
    return undefined;
  }

  /** Says that a part became a chip, and leaves it in the title. */
  mark(from: number, to: number, field: ChipField): void {
    this.spans.push({ from, to, field });
  }

  /** What is left, as a title: without the little words that led to what was taken out. */
  title(): string {
    const parts: string[] = [];
    for (const match of this.rest.matchAll(/[^\uE000\uE001]+/g)) {
      const before = match.index > 0;
      const after = match.index + match[0].length < this.rest.length;
      parts.push(tidy(this.given.slice(match.index, match.index + match[0].length), before, after));
    }
    return cut(parts.join(' ').replace(/\s+/g, ' ').trim(), 120);
  }
}

const TRAILING = /(?:^|\s+|\b)(?:at|in|on|from|for|to|by|and|the|starting|starts|until|till)\s*$|[在於于喺的從从]\s*$|[\s,;:|@·~、\-–—]+$/i;
const LEADING = /^(?:[\s,;:|·~、。\-–—]+|(?:的|舉行|举行|舉辦|举办)(?=.))/;
const LITTLE = /^(?:at|in|on|from|for|to|by|and|the|starting|starts|until|till|only)$/i;

const tidy = (text: string, before: boolean, after: boolean): string => {
  let tidied = text.trim();
  for (let last = ''; last !== tidied;) {
    last = tidied;
    if (before) tidied = tidied.replace(LEADING, '').trim();
    if (after) tidied = tidied.replace(TRAILING, '').trim();
  }
  return LITTLE.test(tidied) && (before || after) ? '' : tidied.replace(/^[\s,;|、]+|[\s,;|、:]+$/g, '');
};
