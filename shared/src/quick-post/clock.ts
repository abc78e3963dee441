/** What time: `9pm`, `at 9`, `19:30-21:00`, `from 7 to 9pm`, `晚上8點半`, `三点一刻`, `下午3点到5点`. */
import type { Line } from './line.ts';
import { TAKEN_DAY } from './line.ts';
import { numberIn, ZH_NUMBER } from './numeral.ts';

/** A part of the day. `small`: the small hours. */
export type Period = 'small' | 'morning' | 'noon' | 'afternoon' | 'evening';

/** A time of day as it was said. */
export interface Clock {
  /** As said: 0–24; of a clock of twelve hours while neither `half`, `period` nor `exact` says more. */
  readonly hour: number;
  readonly minute: number;
  readonly half?: 'am' | 'pm';
  readonly period?: Period;
  /** It can only be meant as it stands: 14:00, 09:30, noon. */
  readonly exact: boolean;
}

const PERIODS: readonly (readonly [RegExp, Period])[] = [
  [/凌晨/, 'small'],
  [/清晨|早|上午|morning/, 'morning'],
  [/中午|正午/, 'noon'],
  [/下午|午[後后]|afternoon/, 'afternoon'],
  [/晚|夜|evening|night/, 'evening'],
];
const periodIn = (text: string | undefined): Period | undefined =>
  text === undefined ? undefined : PERIODS.find(([pattern]) => pattern.test(text))?.[1];

const ZH_PERIOD = '凌晨|清晨|早上|早晨|上午|中午|正午|下午|午後|午后|傍晚|晚上|夜晚|夜裡|夜里|深夜|半夜';
const NOT_MINUTES = '(?!\\d|\\s*(?:人|位|個|个|名|座|分|小|min|h|people|ppl|pax|seats|号|號))';
const ZH_MINUTES = `半|[一三13]刻|${ZH_NUMBER}分(?![鐘钟])|[0-5]\\d${NOT_MINUTES}|[二三四五]?十[一二三四五六七八九]?${NOT_MINUTES}`;

/** A clock time, with groups named `h`, `m`, … and the given ending, so that a range can hold two. */
const clockSource = (n: string): string =>
  `(?:(?<p${n}>${ZH_PERIOD}|[早晚])\\s*)?(?:(?<h${n}>\\d{1,2})(?:[:.](?<m${n}>[0-5]\\d)(?!\\d))?(?:\\s*(?<a${n}>[ap]\\.?m\\b\\.?))?(?<o${n}>\\s*o['’]?clock)?` +
  `(?![\\d點点時时:])|(?<z${n}>${ZH_NUMBER})\\s*(?:[點点]|[時时](?![間间段代]))(?<zo${n}>[鐘钟整])?(?<zm${n}>${ZH_MINUTES})?|(?<w${n}>\\bnoon\\b|\\bmidday\\b|\\bmidnight\\b|正午|午夜|零時|零时|零[點点]))`;

type Groups = Record<string, string | undefined>;

const zhMinute = (text: string | undefined): number | undefined => {
  if (text === undefined) return 0;
  if (text === '半') return 30;
  if (text.endsWith('刻')) return /[一1]/.test(text) ? 15 : 45;
  return numberIn(text.replace('分', ''));
};

const clockIn = (groups: Groups, n: string): Clock | undefined => {
  const word = groups[`w${n}`];
  if (word !== undefined) return { hour: /noon|midday|正午/.test(word) ? 12 : 24, minute: 0, exact: true };
  const said = groups[`h${n}`] ?? groups[`z${n}`];
  const hour = numberIn(said);
  const minute = groups[`z${n}`] === undefined ? Number(groups[`m${n}`] ?? 0) : zhMinute(groups[`zm${n}`]);
  if (said === undefined || hour === undefined || hour > 24 || minute === undefined || minute > 59) return undefined;
  const half = groups[`a${n}`]?.startsWith('a') ? 'am' : groups[`a${n}`] === undefined ? undefined : 'pm';
  if (half !== undefined && (hour > 12 || hour === 0)) return undefined;
  const period = periodIn(groups[`p${n}`]);
  const exact = hour > 12 || hour === 0 || (/^0\d$/.test(said) && groups[`m${n}`] !== undefined);
  return { hour, minute, exact, ...(half && { half }), ...(period && { period }) };
};

/** Whether it can only be a time: minutes, am or pm, o'clock, a Chinese 點, a word. */
const certain = (groups: Groups, n: string): boolean =>
  ['m', 'a', 'o', 'z', 'w'].some((name) => groups[name + n] !== undefined) && !oneBit(groups, n);

/** 聊一點技術: "a bit of", unless something says that a time is meant. */
const oneBit = (groups: Groups, n: string): boolean =>
  groups[`z${n}`] === '一' && [`zm${n}`, `zo${n}`, `p${n}`].every((name) => groups[name] === undefined);

/** A bare number with a Chinese character after it counts something: 3樓, 8 人. */
const countsSomething = (match: RegExpMatchArray, n: string): boolean =>
  !certain(match.groups ?? {}, n) &&
  /^(?:[\u3400-\u9fff]|\s[人位個个名座號号])/.test((match.input ?? '').slice((match.index ?? 0) + match[0].length));

const LED = `(?<led>\\b(?:at|from|around|starting(?:\\s+at)?|starts(?:\\s+at)?)\\s+|@\\s*)?`;
const EDGE = `(?<pre>^|[^\\w.:/$€£#+-])`;
const END = `(?![\\w%€$/]|-\\d|[.:]\\d)`;
const PEOPLE = `(?!\\s*(?:people|persons?|ppl|pax|guests?|seats?|spots?)\\b|\\s*(?:min|hour|hr)|(?:st|nd|rd|th)\\b)`;

const RANGE = new RegExp(
  `${EDGE}(?<led>(?:from|between|at)\\s+|[從从由]\\s*)?${clockSource('1')}\\s*(?:-|–|—|~|to\\b|till\\b|until\\b|and\\b|至|到)\\s*${clockSource('2')}${END}${PEOPLE}`,
  'g',
);
const CLOCK = new RegExp(`${EDGE}${LED}${clockSource('1')}${END}${PEOPLE}`, 'g');
const AT_H = /\b(?:at|from)\s+(?<h1>\d{1,2})\s?h(?<m1>[0-5]\d)?(?!\w)/g;
const AFTER_DAY = new RegExp(`(?<pre>${TAKEN_DAY}[\\s,]*)(?:(?:at|@)\\s*)?${clockSource('1')}${END}${PEOPLE}`, 'g');
const UNTIL = new RegExp(`(?:\\b(?:until|till|til)\\s+|直?[到至]\\s*)${clockSource('1')}${END}${PEOPLE}`, 'g');
const LONE_PERIOD = new RegExp(
  `${ZH_PERIOD}|(?<pre>${TAKEN_DAY}\\s*)(?:[早晚]|morning\\b|afternoon\\b|evening\\b|night\\b)|\\b(?:this\\s+|in\\s+the\\s+|at\\s+)(?:morning|afternoon|evening|night)\\b`,
  'g',
);

/** From when to when. */
export const takeRange = (line: Line): { readonly from: Clock; readonly to: Clock } | undefined =>
  line.take(RANGE, 'time', (match) => {
    const groups = match.groups ?? {};
    if (groups['led'] === undefined && !certain(groups, '1') && !certain(groups, '2')) return undefined;
    const from = clockIn(groups, '1');
    const to = clockIn(groups, '2');
    return from && to && !countsSomething(match, '2') ? { from, to } : undefined;
  });

const single = (match: RegExpMatchArray): Clock | undefined => (countsSomething(match, '1') ? undefined : clockIn(match.groups ?? {}, '1'));

/** The time it starts. */
export const takeClock = (line: Line): Clock | undefined =>
  line.take(AT_H, 'time', single) ??
  line.take(AFTER_DAY, 'time', single) ??
  line.take(CLOCK, 'time', (match) => {
    const groups = match.groups ?? {};
    const led = groups['led'] !== undefined && !oneBit(groups, '1');
    return led || certain(groups, '1') ? single(match) : undefined;
  });

/** The time it ends. */
export const takeUntil = (line: Line): Clock | undefined => line.take(UNTIL, 'time', single);

/** A part of the day that stands alone: `in the evening`, `下午`. */
export const takePeriod = (line: Line): Period | undefined => line.take(LONE_PERIOD, 'time', ([text]) => periodIn(text));

/** The hour of the day (0–29: past 24 is the next morning) – or undefined while it could be before or after noon. */
export const hourOf = ({ hour, half, exact }: Clock, period: Period | undefined): number | undefined => {
  if (half === 'am') return (hour % 12) + (period === 'evening' && hour % 12 < 5 ? 24 : 0);
  if (half === 'pm') return (hour % 12) + 12;
  if (exact) return hour;
  switch (period) {
    case undefined:
      return undefined;
    case 'small':
      return hour % 12;
    case 'morning':
      return hour;
    case 'noon':
      return hour < 10 ? hour + 12 : hour;
    case 'afternoon':
      return (hour % 12) + 12;
    case 'evening':
      return hour === 12 ? 24 : hour < 5 ? hour + 24 : hour + 12;
  }
};
