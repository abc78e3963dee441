/** Which day: `tomorrow`, `on Friday`, `5/24`, `24 May`, `明天`, `下週五`, `5月24日`. */
import { addDays, daysBetween, weekdayOf } from '@huddle/shared/time.ts';
import type { Period } from './clock.ts';
import type { Line } from './line.ts';
import { TAKEN_DAY } from './line.ts';
import { numberIn, ZH_NUMBER } from './numeral.ts';

/** A day, and the part of it when the same word said so (`tonight`, `明晚`). */
export interface DayFound {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly period?: Period;
}

/** Today at the venue, and the board's first and last day: all `YYYY-MM-DD`. */
export interface Days {
  readonly today: string;
  readonly from: string;
  readonly to: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const LONG_WEEKDAY = '(?:sun|mon|tues|wednes|thurs|fri|satur)day|tue|tues|thu|thur|thurs|fri';
const EITHER_WEEKDAY = `${LONG_WEEKDAY}|sun|mon|wed|sat`;

const EN_NEAR = /\b(?<word>today|tonight|(?:the\s+)?day\s+after\s+tomorrow|tomorrow|tmrw?|tmr)\b/g;
const EN_IN_DAYS = /\bin\s+(?<days>\d{1,2}|two|three|four|five|a)\s+days?\b/g;
// "sat" and "sun" are words too: the short forms count where something leads to them or a time follows.
const EN_WEEKDAY = new RegExp(
  `\\b(?:(?:on|this)\\s+(?<led>${EITHER_WEEKDAY})|next\\s+(?<next>${EITHER_WEEKDAY})|(?<long>${LONG_WEEKDAY})` +
    `|(?<short>sun|mon|wed|sat)(?=\\s*(?:$|\\d|at\\b|from\\b|night\\b|morning\\b|evening\\b|afternoon\\b|noon\\b)))\\b`,
  'g',
);
const EN_DATE = [
  new RegExp(`\\b(?:on\\s+)?(?:the\\s+)?(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\b(?:\\s+(?<year>20\\d\\d)\\b)?`, 'g'),
  new RegExp(`\\b(?:on\\s+)?${MONTH}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?!\\s*[ap]\\.?m)(?:,?\\s+(?<year>20\\d\\d)\\b)?`, 'g'),
];
const ISO = /\b(?:on\s+)?(?<year>20\d\d)[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)/g;
const SLASH = /(?<pre>^|[^\d/.:\w])(?:on\s+)?(?<a>\d{1,2})\/(?<b>\d{1,2})(?![\d/:])/g;
const ZH_NEAR = /(?<word>大後天|大后天|後天|后天|明天|明日|聽日|听日|今天|今日|今晚|明晚|聽晚|听晚|今早|明早|今夜|明夜)/g;
const ZH_IN_DAYS = new RegExp(`(?<days>${ZH_NUMBER})\\s*[天日][之以]?[後后]`, 'g');
const ZH_WEEKDAY = /(?<week>下|這|这|本|今)?(?:個|个)?(?:週|周|星期|禮拜|礼拜)(?<weekday>[一二三四五六日天])/g;
const ZH_DATE = new RegExp(
  `(?:(?<year>20\\d\\d)\\s*年)?\\s*(?<month>${ZH_NUMBER})\\s*月\\s*(?<day>${ZH_NUMBER})\\s*[日號号]?(?![個个人位月])`,
  'g',
);
const ZH_DAY_ONLY = new RegExp(
  `(?<pre>^|[^月\\dA-Za-z])(?<day>\\d{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?)\\s*(?:日|[號号](?![展攤摊室房廳厅館馆樓楼桌台臺門门會会線线出座廂厢碼码])(?=\\s|$|[上下中凌早晚傍\\d十一二兩两三四五六七八九]))`,
  'g',
);

const isDay = (year: number, month: number, day: number): boolean => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
};

const iso = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Without a year, the one that brings the day nearest to the board. */
const nearest = (month: number, day: number, { from }: Days): string | undefined => {
  const year = Number(from.slice(0, 4));
  const days = [year - 1, year, year + 1].filter((each) => isDay(each, month, day)).map((each) => iso(each, month, day));
  return days.sort((a, b) => Math.abs(daysBetween(from, a)) - Math.abs(daysBetween(from, b)))[0];
};

const dated = (year: string | undefined, month: number | undefined, day: number | undefined, days: Days): DayFound | undefined => {
  if (month === undefined || day === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const full = year === undefined ? nearest(month, day, days) : isDay(Number(year), month, day) ? iso(Number(year), month, day) : undefined;
  return full === undefined ? undefined : { day: full };
};

/** `5/24` or `24/5`: whichever lies in the board's days, else month first; far from the board it is no date at all ("24/7", "1/2"). */
const slashed = (a: number, b: number, days: Days): DayFound | undefined => {
  const found = [dated(undefined, a, b, days), dated(undefined, b, a, days)].filter((each) => each !== undefined);
  const near = found.filter(({ day }) => daysBetween(days.from, day) >= -45 && daysBetween(days.to, day) <= 45);
  return near.find(({ day }) => day >= days.from && day <= days.to) ?? near[0];
};

/**
 * The next such weekday from today on, or from the board's first day when that is still to come. "Next Friday" is a week later – but not
 * when the board is over by then.
 */
const weekday = (wanted: number, { today, from, to }: Days, next: boolean): DayFound => {
  const base = from > today ? from : today;
  const coming = addDays(base, (wanted - weekdayOf(base) + 7) % 7);
  const monday = addDays(today, 7 - ((weekdayOf(today) + 6) % 7));
  const later = addDays(monday, (wanted + 6) % 7);
  return { day: next && (later <= to || coming > to) ? later : coming };
};

const nearEnglish = (word: string, { today }: Days): DayFound => {
  if (word === 'today') return { day: today };
  if (word === 'tonight') return { day: today, period: 'evening' };
  return { day: addDays(today, word.includes('after') ? 2 : 1) };
};

const nearChinese = (word: string, { today }: Days): DayFound => {
  const ahead = word.startsWith('大') ? 3 : /^[後后]/.test(word) ? 2 : /^[明聽听]/.test(word) ? 1 : 0;
  const day = addDays(today, ahead);
  if (/[晚夜]$/.test(word)) return { day, period: 'evening' };
  return word.endsWith('早') ? { day, period: 'morning' } : { day };
};

/** Takes the day out of the line. */
export const takeDay = (line: Line, days: Days): DayFound | undefined => {
  const take = (pattern: RegExp, read: (groups: Record<string, string | undefined>) => DayFound | undefined): DayFound | undefined =>
    line.take(pattern, 'time', (match) => read(match.groups ?? {}), TAKEN_DAY);
  const inDays = (text: string | undefined): DayFound | undefined => {
    const count = numberIn(text);
    return count === undefined || count > 60 ? undefined : { day: addDays(days.today, count) };
  };
  const monthName = (name: string | undefined): number => MONTHS.indexOf((name ?? '').slice(0, 3)) + 1;
  return (
    take(ISO, ({ year, month, day }) => dated(year, Number(month), Number(day), days)) ??
    EN_DATE.reduce<DayFound | undefined>(
      (found, pattern) => found ?? take(pattern, ({ year, month, day }) => dated(year, monthName(month), Number(day), days)),
      undefined,
    ) ??
    take(ZH_DATE, ({ year, month, day }) => dated(year, numberIn(month), numberIn(day), days)) ??
    take(SLASH, ({ a, b }) => slashed(Number(a), Number(b), days)) ??
    take(EN_NEAR, ({ word }) => nearEnglish(word ?? '', days)) ??
    take(ZH_NEAR, ({ word }) => nearChinese(word ?? '', days)) ??
    take(EN_IN_DAYS, ({ days: count }) => inDays(count)) ??
    take(ZH_IN_DAYS, ({ days: count }) => inDays(count)) ??
    take(EN_WEEKDAY, ({ led, next, long, short }) =>
      weekday(WEEKDAYS.indexOf((led ?? next ?? long ?? short ?? '').slice(0, 3)), days, next !== undefined),
    ) ??
    take(ZH_WEEKDAY, ({ week, weekday: name }) => {
      const number = '日一二三四五六'.indexOf(name === '天' ? '日' : (name ?? ''));
      return weekday(number, days, week === '下');
    }) ??
    take(ZH_DAY_ONLY, ({ day }) => {
      const number = numberIn(day) ?? 0;
      const month = (number >= Number(days.from.slice(8)) ? days.from : days.to).slice(5, 7);
      return dated(undefined, Number(month), number, days);
    })
  );
};
