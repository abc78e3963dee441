/** Where: `at coffee bar`, `@rooftop`, `booth 12`, `在咖啡吧`, `3号展位`. */
import type { Line } from './line.ts';
import { plain } from './line.ts';
import { ZH_NUMBER } from './numeral.ts';

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const AFTER = '(?![a-z0-9])';
// "at rooftop bar" is not the Rooftop.
const ENDS = `${AFTER}(?!\\s+(?:bar|room|hall|lounge|caf[eé]|terrace|lobby|floor|booth|stage|garden|entrance|area)\\b)`;

// Not the 在 of 現在, 正在, 存在, 實在.
const ZH_AT = '(?<pre>^|[^現现正存實实])[在於于喺]';

/** How a place that the board knows may be called in a line. */
export interface PlaceName {
  readonly said: string;
  readonly place: string;
}

const CJK_RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,}/gu;
const LATIN_RUN = /[\p{Script=Latin}\d](?:[\p{Script=Latin}\d '’&-]*[\p{Script=Latin}\d])?/gu;

/** A name in two scripts, such as 大堂 Lobby, is said in either of them. */
const halves = (name: string): readonly string[] => {
  const [cjk, latin] = [name.match(CJK_RUN) ?? [], (name.match(LATIN_RUN) ?? []).filter((word) => /\p{L}{3}/u.test(word))];
  return cjk.length === 1 && latin.length === 1 ? [...cjk, ...latin] : [];
};

/** All that the board's places may be called, the longest first; a half that means two of them means neither. */
export const placeNames = (places: readonly string[]): readonly PlaceName[] => {
  const whole = [...new Set(places)].filter((place) => place.trim() !== '');
  const taken = new Set(whole.map(plain));
  const parts = whole.flatMap((place) => halves(place).map((said) => ({ said, place })));
  const unique = parts.filter(
    ({ said, place }) => !taken.has(plain(said)) && !parts.some((other) => other.place !== place && plain(other.said) === plain(said)),
  );
  return [...whole.map((place) => ({ said: place, place })), ...unique].sort((a, b) => b.said.length - a.said.length);
};

/** A place the board knows, with a word before it that says so. Comes first: "at Hall 7 9pm". */
export const takeLedPlace = (line: Line, places: readonly PlaceName[]): string | undefined => {
  for (const { said, place } of places) {
    const pattern = `(?:(?:\\b(?:at|in|near|by)\\s+(?:the\\s+)?|@\\s*)|${ZH_AT})\\s*${escape(plain(said))}${ENDS}`;
    const found = line.take(new RegExp(pattern, 'g'), 'place', () => place);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A place the board knows, anywhere. One that is part of a longer word (天台派對) stays in the title too. */
const takeNamed = (line: Line, places: readonly PlaceName[]): string | undefined => {
  for (const { said, place } of places) {
    const alone = new RegExp(`(?<pre>^|[\\s,;·、,\\uE000\\uE001])${escape(plain(said))}${ENDS}(?=$|[\\s,;·、,。\\uE000\\uE001])`, 'g');
    const found = line.take(alone, 'place', () => place);
    if (found !== undefined) return found;
    const within = new RegExp(`(?<pre>^|[^a-z0-9])${escape(plain(said))}${ENDS}`, 'g').exec(line.rest);
    if (within !== null && !/^[\d\s]*$/.test(said)) {
      const to = within.index + within[0].length;
      line.mark(to - said.length, to, 'place');
      return place;
    }
  }
  return undefined;
};

const EN_STOP = `\\s+(?:for|with|about|from|to|until|till|hosted|w\\/|-|–|—|on(?!\\s+(?:the|\\d|level|floor)))(?=\\s|$)`;
const EN_LED = new RegExp(
  `(?<pre>^|[^\\w.])(?:at\\s+(?:the\\s+)?|@\\s*)(?<place>[^\\s,;|,。、\\uE000\\uE001][^,;|,。、\\uE000\\uE001]{0,60}?)(?=${EN_STOP}|\\s*[,;|,。、\\uE000\\uE001]|\\s+#|\\s*$)`,
  'g',
);

const ZH_NOUN =
  '(?:吧|廳|厅|室|房間|房间|房|館|馆|樓|楼|層|层|台|臺|展位|攤位|摊位|[號号]|區|区|處|处|店|門口|门口|大堂|會場|会场|花園|花园|廣場|广场|公園|公园|旁邊|旁边|旁|邊|边|裡|里|角落|角|園|园|城|站|中心|院|前|外|上)';
const ZH_VERB =
  '(?:聊|談|谈|講|讲|喝|吃|玩|見|见|開[會派]|开[会派]|集合|討論|讨论|交流|演示|示範|示范|分享|一起|舉|举|學習|学习|等|碰|辦|办|搞|聚|做|看)';
const ZH_END = '[\\s,;|,。、!\\uE000\\uE001#]';
// 在咖啡吧聊聊: up to the noun of a place, or up to the verb that comes after it, whichever is nearer.
const ZH_LED = new RegExp(
  `(?:${ZH_AT}|地[點点]\\s*:?)\\s*(?<place>[^\\s,;|,。、!\\uE000\\uE001#]{1,12}?${ZH_NOUN}+|[^\\s,;|,。、!\\uE000\\uE001#]{1,20}?(?=${ZH_VERB}|${ZH_END}|$))`,
  'g',
);

const BOOTH = [
  /(?<pre>^|[^\w])(?:(?:in|at|near)\s+)?(?<place>(?:booth|stand|table|room|hall|stage|suite|desk|bar|level|floor)\s+#?(?:[a-z]?\d{1,4}[a-z]?|[a-z]))(?![\w])/g,
  new RegExp(
    `(?<place>[a-z]?${ZH_NUMBER}\\s*[號号]?(?:展位|展台|展臺|攤位|摊位|展廳|展厅|會議室|会议室|廳|厅|館|馆|桌|門口|门口)|(?:展位|展台|攤位|摊位)\\s*[a-z]?\\d{1,4}\\s*[號号]?|[a-z]?\\d{3,4}\\s*(?:室|房間?|房间)|${ZH_NUMBER}[樓楼]大[堂廳厅])`,
    'g',
  ),
];

/** Takes the place out of the line – by a word that leads to it, by a name the board knows, or by its looks. */
export const takePlace = (line: Line, places: readonly PlaceName[]): string | undefined => {
  const asTyped = (match: RegExpMatchArray): string | undefined => {
    const place = match.groups?.['place'] ?? '';
    const from = (match.index ?? 0) + match[0].lastIndexOf(place);
    const typed = line.given.slice(from, from + place.length).trim();
    return /[\p{L}]/u.test(typed) ? typed.slice(0, 120) : undefined;
  };
  return (
    line.take(EN_LED, 'place', asTyped) ??
    line.take(ZH_LED, 'place', asTyped) ??
    takeNamed(line, places) ??
    BOOTH.reduce<string | undefined>((found, pattern) => found ?? line.take(pattern, 'place', asTyped), undefined)
  );
};
