/** How many: `for 8`, `50 seats`, `限50人`; and how many one guest may bring: `+1`, `每人可帶1位`. */
import type { Line } from './line.ts';
import { EN_NUMBER, numberIn, ZH_NUMBER } from './numeral.ts';

const CAPACITY = 10_000;
const PARTY = 10;

const FOLK = '(?:people|persons?|ppl|pax|guests?|seats?|spots?|places?|heads?|attendees|max\\b|of\\s+us)';
const UP_TO = '(?:\\d{1,5}\\s*(?:-|–|~|to|or|至|到|或)\\s*)?';
const ENOUGH = '(?![\\w%€$]|[.:/]\\d)';

const PARTIES = [
  /(?<pre>^|[^\w+])\+\s?(?<n>[1-9])(?!\d|\s*(?:min|h\b|hour|hr))(?:\s+(?:ok|okay|welcome|allowed|each))?/g,
  /\bplus[\s-](?<one>ones?)\b(?:\s+(?:ok|okay|welcome|allowed))?/g,
  new RegExp(
    `\\b(?:(?:you\\s+)?(?:may|can)\\s+)?bring\\s+(?:(?<n>${EN_NUMBER})|(?<one>an?(?:other)?|your))\\s+(?:friends?|guests?|others?|people|plus[\\s-]ones?)\\b`,
    'g',
  ),
  new RegExp(
    `(?:每[人位](?:都)?)?(?:可以?|能|允許|允许|歡迎|欢迎)?(?:帶|带|携帶?|攜帶?|携带)(?:上)?\\s*(?<n>${ZH_NUMBER})\\s*[個个名]?\\s*(?:人|位)?(?:朋友|同伴|嘉賓|嘉宾|伴)?`,
    'g',
  ),
];

/** The largest party: the guest and those they may bring. */
export const takeParty = (line: Line): number | undefined => {
  for (const pattern of PARTIES) {
    const found = line.take(pattern, 'party', ({ groups = {} }) => {
      const more = groups['one'] === undefined ? numberIn(groups['n']) : 1;
      return more === undefined || more < 1 ? undefined : Math.min(more + 1, PARTY);
    });
    if (found !== undefined) return found;
  }
  return undefined;
};

const EN_LIMIT = new RegExp(
  `\\b(?:max(?:imum)?\\.?|limit(?:ed)?(?:\\s+to)?|up\\s+to|cap(?:acity)?(?:\\s+of)?|room\\s+for)\\s*:?\\s*${UP_TO}(?<n>${EN_NUMBER})(?:\\s*${FOLK})?${ENOUGH}`,
  'g',
);
const EN_FOLK = new RegExp(`(?<pre>^|[^\\w.:/#€$£])(?:(?:for|only)\\s+)?${UP_TO}(?<n>${EN_NUMBER})\\s*(?:max\\s+)?${FOLK}${ENOUGH}`, 'g');
const EN_FOR = new RegExp(
  `\\bfor\\s+${UP_TO}(?<n>${EN_NUMBER})(?:\\s+max\\b)?${ENOUGH}(?!-)(?!\\s*(?:st|nd|rd|th|€|eur|usd|hkd|days?|weeks?|months?|years?|minutes?|hours?)\\b)`,
  'g',
);
const ZH_LIMIT = new RegExp(
  `(?:限額?|限额|上限|最多|不超[過过]|名[額额]|人[數数]|容納|容纳)\\s*:?\\s*${UP_TO}(?<n>${ZH_NUMBER})\\s*[個个]?\\s*(?:人|位|座位?|名[額额]?|席)?`,
  'g',
);
const ZH_FOLK = new RegExp(
  `(?:共)?${UP_TO}(?<n>${ZH_NUMBER})\\s*[個个]?\\s*(?:人(?![工生類类民均])|位子?(?!一[體体]|元)|座位?(?!談|谈)|名[額额]|名(?=\\s|$|[,]))(?:以[內内]|左右)?`,
  'g',
);

/** For how many people. */
export const takeCapacity = (line: Line): number | undefined => {
  const atLeast =
    (least: number) =>
    ({ groups = {} }: RegExpMatchArray): number | undefined => {
      const count = numberIn(groups['n']);
      return count !== undefined && Number.isInteger(count) && count >= least && count <= CAPACITY ? count : undefined;
    };
  // "for 2024" is a year; 一人, 一位 are rarely a limit.
  const notYear = (match: RegExpMatchArray): number | undefined => {
    const count = atLeast(1)(match);
    return count !== undefined && (count < 1900 || count > 2100) ? count : undefined;
  };
  return (
    line.take(EN_LIMIT, 'capacity', atLeast(1)) ??
    line.take(ZH_LIMIT, 'capacity', atLeast(1)) ??
    line.take(EN_FOLK, 'capacity', atLeast(1)) ??
    line.take(EN_FOR, 'capacity', notYear) ??
    line.take(ZH_FOLK, 'capacity', atLeast(2))
  );
};
