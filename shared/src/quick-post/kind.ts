/** What kind of gathering the words speak of. They stay in the title. */
import type { Kind } from '../gathering.ts';
import type { Line } from './line.ts';

const WORDS: readonly (readonly [Kind, string, string])[] = [
  ['corner', 'corner|huddle|1:1|one[- ]on[- ]one|stand-?up', '角落|碰頭|碰头|小聚|聊聊|閒聊|闲聊|會面|会面'],
  [
    'party',
    'after[- ]?part(?:y|ies)|part(?:y|ies)|drinks?|rave|karaoke|clubbing|happy hour',
    '派對|派对|酒會|酒会|狂歡|狂欢|喝酒|轟趴|轰趴|卡拉',
  ],
  ['demo', 'demos?|showcase|product tour', '演示|示範|示范|展示'],
  [
    'talk',
    'talks?|lecture|panel|keynote|fireside|ama|lightning talks?|seminar',
    '講座|讲座|演講|演讲|分享會|分享会|分享|對談|对谈|座談|座谈|圓桌|圆桌',
  ],
  [
    'meal',
    'dinner|lunch|breakfast|brunch|supper|hot ?pot|dim ?sum|bbq|meal',
    '晚餐|午餐|早餐|晚飯|晚饭|午飯|午饭|早飯|早饭|飯局|饭局|聚餐|火鍋|火锅|飲茶|饮茶|點心|点心|早茶|宵夜|夜宵|燒烤|烧烤|吃飯|吃饭|食飯',
  ],
  ['workshop', 'workshops?|tutorial|hands-on|masterclass', '工作坊|實操|实操|教學|教学'],
  ['hackathon', 'hackathon|hack night|buidlathon', '黑客松|駭客松|骇客松|編程馬拉松|编程马拉松'],
  ['conference', 'conference|summit|symposium', '峰會|峰会|大會|大会|論壇|论坛|研討會|研讨会'],
  ['expo', 'expo|exhibition|job fair|fair', '展覽|展览|博覽|博览|展會|展会|市集'],
  ['meetup', 'meet-?ups?|mixer|networking|social|get-?together', '聚會|聚会|交流會|交流会|見面會|见面会|沙龍|沙龙|社交'],
];

const PATTERN = new RegExp(
  `(?<en>(?<pre>^|[^a-z0-9])(?:${WORDS.map(([, english]) => english).join('|')})(?![a-z0-9]))|(?:${WORDS.map(([, , chinese]) => chinese).join('|')})`,
  'g',
);
const KIND_OF = WORDS.map(([kind, english, chinese]) => [kind, new RegExp(`^(?:${english}|${chinese})$`)] as const);

interface Found {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
}

/**
 * Marks the words that say the kind. Of several that touch, the last is what it is (a lunch talk, 演示派對); else the first. 聊聊 and
 * the like say "corner" only when nothing else does.
 */
export const markKind = (line: Line): Kind | undefined => {
  const found: Found[] = [];
  for (const match of line.rest.matchAll(PATTERN)) {
    const from = match.index + (match.groups?.['pre']?.length ?? 0);
    const to = match.index + match[0].length;
    const word = line.rest.slice(from, to);
    const kind = KIND_OF.find(([, pattern]) => pattern.test(word))?.[0];
    if (kind !== undefined) found.push({ kind, from, to });
  }
  const first = found.find(({ kind }) => kind !== 'corner') ?? found[0];
  if (first === undefined) return undefined;
  let best = first;
  for (const next of found) if (next.from > best.from && next.from - best.to <= 1) best = next;
  line.mark(best.from, best.to, 'kind');
  return best.kind;
};
