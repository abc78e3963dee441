/** What there is to filter by, from what is on the board. */
import { fold } from '@huddle/shared/fold.ts';
import { KINDS, type CardView, type Kind } from '@huddle/shared/gathering.ts';

/** The most frequent first. Spellings that differ in case or accents alone count as one. */
export interface Choices {
  readonly kinds: readonly Kind[];
  readonly tags: readonly string[];
  readonly languages: readonly string[];
  readonly places: readonly string[];
}

const byFrequency = (words: readonly string[]): string[] => {
  const counts = new Map<string, { word: string; count: number }>();
  for (const word of words) {
    const key = fold(word);
    const counted = counts.get(key);
    if (counted === undefined) counts.set(key, { word, count: 1 });
    else counted.count += 1;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)).map(({ word }) => word);
};

export const choicesOf = (cards: readonly CardView[]): Choices => ({
  kinds: KINDS.filter((kind) => cards.some((card) => card.kind === kind)),
  tags: byFrequency(cards.flatMap(({ tags = [] }) => tags)).slice(0, 100),
  languages: byFrequency(cards.flatMap(({ languages = [] }) => languages)),
  places: byFrequency(cards.flatMap(({ place = '' }) => (place === '' ? [] : [place]))).slice(0, 200),
});
