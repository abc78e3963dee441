/** How long, and how soon: `for 2 hours`, `in 10 min`, `半小時後`. */
import { HOUR, MINUTE } from '@huddle/shared/time.ts';
import type { Line } from './line.ts';
import { EN_NUMBER, numberIn, ZH_NUMBER } from './numeral.ts';

const EN_COUNT = `(?:\\d{1,3}\\.\\d+|${EN_NUMBER}|\\ban?(?=\\s+(?:hour|min)))`;
const EN_HOURS = `(?<h>${EN_COUNT})[\\s-]?\\s*(?:hours?|hrs?|h)(?<hh>\\s+and\\s+a\\s+half)?`;
const EN_MINUTES = '(?:minutes?|mins?|m)';
const EN_LENGTH =
  `(?:(?<half>(?:a\\s+)?half[\\s-](?:an?\\s+)?hour)|(?<onehalf>one\\s+and\\s+a\\s+half\\s+hours)|(?<quarter>a\\s+quarter\\s+of\\s+an\\s+hour)` +
  `|${EN_HOURS}(?:\\s*(?:and\\s+)?(?<hm>\\d{1,2})\\s*${EN_MINUTES}?)?|(?<m>${EN_COUNT})[\\s-]?\\s*${EN_MINUTES})(?![a-z0-9])`;
const ZH_COUNT = `(?:\\d{1,3}\\.\\d+|${ZH_NUMBER})`;
const ZH_UNIT = '(?:小時|小时|鐘頭|钟头|個鐘|个钟)';
const ZH_LENGTH =
  `(?:(?<half>半[個个]?${ZH_UNIT})|(?<onehalf>一[個个]半${ZH_UNIT})|(?<hb>${ZH_COUNT})[個个]半${ZH_UNIT}` +
  `|(?<h>${ZH_COUNT})\\s*[個个]?${ZH_UNIT}(?:(?<hh>半)|(?<hm>${ZH_NUMBER})\\s*分[鐘钟]?)?` +
  `|(?<k>${ZH_NUMBER})刻[鐘钟]|(?<m>${ZH_COUNT})\\s*(?:分[鐘钟]|min(?![a-z])))`;

const lengthIn = (groups: Record<string, string | undefined> = {}): number | undefined => {
  if (groups['half'] !== undefined) return HOUR / 2;
  if (groups['onehalf'] !== undefined) return 1.5 * HOUR;
  if (groups['quarter'] !== undefined) return HOUR / 4;
  const hours = (numberIn(groups['h']) ?? numberIn(groups['hb']) ?? 0) + ((groups['hh'] ?? groups['hb']) ? 0.5 : 0);
  const minutes = (numberIn(groups['m']) ?? 0) + (numberIn(groups['hm']) ?? 0) + (numberIn(groups['k']) ?? 0) * 15;
  const length = Math.round(hours * 60 + minutes) * MINUTE;
  return length > 0 && length <= 7 * 24 * HOUR ? length : undefined;
};

const SOON = [
  new RegExp(`\\bin\\s+(?:about\\s+)?${EN_LENGTH}(?:\\s+time\\b)?`, 'g'),
  new RegExp(`${EN_LENGTH}\\s+(?:from\\s+now|later)\\b`, 'g'),
  new RegExp(`(?:再?[過过]\\s*)?${ZH_LENGTH}\\s*[之以]?[後后]`, 'g'),
  new RegExp(`再?[過过]\\s*${ZH_LENGTH}`, 'g'),
];
const LENGTHS = [
  new RegExp(`(?<pre>^|[^a-z0-9.])(?:for\\s+(?:about\\s+)?)?${EN_LENGTH}`, 'g'),
  new RegExp(`(?:為時|为时|歷時|历时|時長|时长|持續|持续|大約|大约|約|约)?\\s*:?\\s*${ZH_LENGTH}`, 'g'),
];

const firstOf = (line: Line, patterns: readonly RegExp[], field: 'time' | 'length'): number | undefined => {
  for (const pattern of patterns) {
    const found = line.take(pattern, field, (match) => lengthIn(match.groups));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** In how many ms it starts: `in 10 min`, `半小時後`, `过10分钟`. */
export const takeDelay = (line: Line): number | undefined => firstOf(line, SOON, 'time');

/** How long it lasts, in ms: `for 2 hours`, `30 min`, `1h30`, `一個半小時`. */
export const takeLength = (line: Line): number | undefined => firstOf(line, LENGTHS, 'length');
