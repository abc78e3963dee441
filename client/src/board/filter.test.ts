import type { CardView } from '@huddle/shared/gathering.ts';
import { describe, expect, it } from 'vitest';
import { withWord, wordsOf } from '../route.ts';
import { choicesOf } from './choices.ts';
import { filterOf, hasFreeSeats, isFiltering, isIn, QUERY, type Filter } from './filter.ts';

const card = (fields: Partial<CardView> = {}): CardView => ({
  id: 'card/a',
  title: 'ZK Café 角落小聚',
  kind: 'corner',
  place: 'Coffee bar',
  tags: ['zk', 'Rust'],
  languages: ['en', 'zh'],
  hosts: ['Åsa'],
  start: 100,
  end: 200,
  ...fields,
});
const filter = (fields: Partial<Filter>): Filter => ({ ...filterOf(new Map()), ...fields });
const no = { free: () => false, mine: () => false };

describe('the filter', () => {
  it.each([
    ['cafe', true],
    ['小聚', true],
    ['åsa COFFEE', true],
    ['rust', true],
    ['  ', true],
    ['tea', false],
  ])('finds by words: %s', (words, found) => {
    expect(isIn(filter({ words }), card(), no)).toBe(found);
  });

  it('finds by the words of either language', () => {
    const both = card({ title: 'Dinner', second: { language: 'zh-Hant', title: '晚餐聚會' } });
    expect(isIn(filter({ words: '晚餐' }), both, no)).toBe(true);
    expect(isIn(filter({ words: 'dinner' }), both, no)).toBe(true);
  });

  it('asks for kind, tag, language and place, all at once', () => {
    const all = { kind: 'corner', tag: 'rust', language: 'zh', place: 'Coffee bar' } as const;
    expect(isIn(filter(all), card(), no)).toBe(true);
    for (const one of [{ kind: 'party' as const }, { tag: 'go' }, { language: 'fr' }, { place: 'Hall' }]) {
      expect(isIn(filter({ ...all, ...one }), card(), no)).toBe(false);
    }
  });

  it('asks the live board about seats and me only when it matters', () => {
    expect(isIn(filter({}), card(), no)).toBe(true);
    expect(isIn(filter({ mine: true }), card(), no)).toBe(false);
    expect(isIn(filter({ mine: true, freeSeats: true }), card(), { free: () => true, mine: () => true })).toBe(true);
  });

  it('has free seats while somebody could still get in', () => {
    const seats = (taken: number) => ({ id: 'seats/a', taken }) as const;
    expect(hasFreeSeats(card({ capacity: 3 }), seats(2), 150)).toBe(true);
    expect(hasFreeSeats(card(), seats(999), 150)).toBe(true);
    expect(hasFreeSeats(card({ capacity: 3 }), seats(3), 150)).toBe(false);
    expect(hasFreeSeats(card({ closed: true }), seats(0), 150)).toBe(false);
    expect(hasFreeSeats(card({ cancelled: true }), seats(0), 150)).toBe(false);
    expect(hasFreeSeats(card(), seats(0), 200)).toBe(false);
  });

  it('survives the way through an address', () => {
    const search = withWord(withWord(withWord('', QUERY.words, '咖啡'), QUERY.kind, 'party'), QUERY.mine, '1');
    expect(filterOf(wordsOf(search))).toEqual(filter({ words: '咖啡', kind: 'party', mine: true }));
    expect(filterOf(wordsOf('?kind=nonsense'))).toEqual(filter({}));
    expect([isFiltering(filter({})), isFiltering(filter({ freeSeats: true }))]).toEqual([false, true]);
  });

  it('offers what there is, the most frequent first, spellings as one', () => {
    const cards = [card({ tags: ['Go', 'rust'] }), card({ tags: ['RUST'], kind: 'party', place: '' }), card({ tags: [] })];
    expect(choicesOf(cards)).toMatchObject({ kinds: ['corner', 'party'], tags: ['rust', 'Go'], places: ['Coffee bar'] });
  });
});
