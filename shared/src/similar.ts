/** "Is it the same?": how alike two gatherings are in time, place and words. */
import { fold } from './fold.ts';
import type { CardView } from './gathering.ts';
import { MINUTE } from './time.ts';

/** What is compared. A card is one; so is a draft. */
export interface Comparable {
  readonly title: string;
  readonly second?: CardView['second'] | null;
  readonly tags?: readonly string[];
  readonly place?: string;
  readonly start: number;
}

/** From this likeness on, a draft may well be what is on the board already. */
export const SAME = 0.6;

/** Starts further apart than this have nothing to do with each other. */
const FAR_MS = 150 * MINUTE;
const WORDS_WEIGH = 0.65;
/** A place that one of the two does not name says neither yes nor no. */
const UNKNOWN_PLACE = 0.5;

const CJK = '\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff';
const RUNS = new RegExp(`[${CJK}]+|[^\\s\\p{P}\\p{S}${CJK}]+`, 'gu');
const IS_CJK = new RegExp(`^[${CJK}]`);

// Words that half the board has: they say little about which gathering it is.
const COMMON = new Set(
  (
    'a an the at in on of for and with to by from my our your let us lets meeting meet meetup chat talk party corner demo drinks dinner lunch ' +
    'workshop session event night side after open community 派對 派对 聚會 聚会 演示 聊聊 交流 分享 晚餐 午餐 活動 活动 一起'
  ).split(' '),
);
const weight = (word: string): number => (COMMON.has(word) ? 0.2 : 1);

/** Words, folded; Chinese and Japanese as pairs of characters. */
const wordsOf = (text: string): ReadonlySet<string> => {
  const words = new Set<string>();
  for (const [run] of fold(text).normalize('NFC').matchAll(RUNS)) {
    if (!IS_CJK.test(run) || run.length < 3) words.add(run);
    else for (let at = 0; at + 2 <= run.length; at += 1) words.add(run.slice(at, at + 2));
  }
  return words;
};

const sum = (words: Iterable<string>): number => {
  let total = 0;
  for (const word of words) total += weight(word);
  return total;
};

/** Weighted Dice coefficient: 0 nothing in common, 1 the same words. */
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const all = sum(a) + sum(b);
  return all === 0 ? 0 : (2 * sum([...a].filter((word) => b.has(word)))) / all;
};

interface Prepared {
  /** In each language that it speaks. */
  readonly words: readonly ReadonlySet<string>[];
  readonly place: ReadonlySet<string>;
  readonly start: number;
}

const prepare = ({ title, second, tags = [], place = '', start }: Comparable): Prepared => ({
  words: [title, ...(second ? [second.title] : [])].map((said) => wordsOf([said, ...tags].join(' '))),
  place: wordsOf(place),
  start,
});

const likenessOf = (a: Prepared, b: Prepared): number => {
  const time = Math.max(0, 1 - Math.abs(a.start - b.start) / FAR_MS);
  if (time === 0) return 0;
  const place = a.place.size === 0 || b.place.size === 0 ? UNKNOWN_PLACE : overlap(a.place, b.place);
  const words = Math.max(...a.words.flatMap((mine) => b.words.map((theirs) => overlap(mine, theirs))));
  return time * (WORDS_WEIGH * words + (1 - WORDS_WEIGH) * place);
};

/** How alike they are: 0 not at all, 1 the same words at the same place and time. */
export const likeness = (a: Comparable, b: Comparable): number => likenessOf(prepare(a), prepare(b));

/**
 * The cards most like the draft, the most alike first; none below `least`, none cancelled.
 * @param least `SAME` to warn before posting a second one; lower to offer others instead of a full one
 */
export const similar = (draft: Comparable, cards: readonly CardView[], limit: number, least = SAME): CardView[] => {
  const wanted = prepare(draft);
  return cards
    .filter((card) => card.cancelled !== true && Math.abs(card.start - draft.start) < FAR_MS)
    .map((card) => ({ card, score: likenessOf(wanted, prepare(card)) }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || a.card.start - b.card.start)
    .slice(0, limit)
    .map(({ card }) => card);
};
