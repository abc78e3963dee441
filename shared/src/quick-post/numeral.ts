/** Numbers as people type them: digits, Chinese numerals, small English words. */

const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  兩: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const WORDS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Pattern sources: a Chinese or Arabic number; an English or Arabic one. */
export const ZH_NUMBER = '(?:\\d{1,5}|[零〇一二兩两三四五六七八九十百千廿]{1,8})';
export const EN_NUMBER = `(?:\\d{1,5}|\\b(?:${WORDS.slice(1).join('|')})\\b)`;

const chinese = (text: string): number | undefined => {
  let sum = 0;
  let digit: number | undefined;
  for (const sign of text.replace(/廿/g, '二十')) {
    const unit = UNITS[sign];
    if (unit === undefined) {
      // 二〇二四: digits one after the other.
      digit = (digit ?? 0) * 10 + (DIGITS[sign] ?? NaN);
    } else {
      sum += (digit ?? 1) * unit;
      digit = undefined;
    }
  }
  sum += digit ?? 0;
  return Number.isNaN(sum) ? undefined : sum;
};

/** The number a text says: `12`, `1.5`, `十二`, `兩`, `twelve`, `a`; undefined for none. */
export const numberIn = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (/^an?$/.test(text)) return 1;
  const word = WORDS.indexOf(text);
  return word >= 0 ? word : chinese(text);
};
