import type { CardView } from '@huddle/shared/gathering.ts';
import { DAY, HOUR, MINUTE, toEpoch } from '@huddle/shared/time.ts';
import { describe, expect, it } from 'vitest';
import { madeOf, sameOrder, sectionsOf } from './sections.ts';

const ZONE = 'Asia/Hong_Kong';
const NOW = toEpoch({ year: 2026, month: 5, day: 20, hour: 20, minute: 0 }, ZONE);

const card = (key: string, from: number, length = HOUR): CardView => ({
  id: `card/${key}`,
  title: key,
  kind: 'corner',
  start: NOW + from,
  end: NOW + from + length,
  hosts: [],
});

describe('the board in order', () => {
  it('B8: now, soon, later today, by day, over – whatever order the cards come in', () => {
    const cards = [
      card('next-week', 7 * DAY),
      card('over', -3 * HOUR),
      card('tonight', 2 * HOUR),
      card('now', -10 * MINUTE),
      card('tomorrow', DAY),
      card('soon', 10 * MINUTE),
    ];
    expect(sectionsOf(cards, NOW, ZONE)).toEqual([
      { key: 'now', kind: 'now', ids: ['now'] },
      { key: 'soon', kind: 'soon', ids: ['soon'] },
      { key: 'today', kind: 'today', ids: ['tonight'] },
      { key: '2026-05-21', kind: 'day', day: '2026-05-21', ids: ['tomorrow'] },
      { key: '2026-05-27', kind: 'day', day: '2026-05-27', ids: ['next-week'] },
      { key: 'over', kind: 'over', ids: ['over'] },
    ]);
  });

  it('keeps one that crosses midnight in "now"', () => {
    const [first] = sectionsOf([card('party', -HOUR, 8 * HOUR)], NOW + 5 * HOUR, ZONE);
    expect(first).toMatchObject({ kind: 'now', ids: ['party'] });
  });

  it('puts what was over last first, and else what begins first', () => {
    const cards = [card('b', 2 * HOUR), card('a', 2 * HOUR, 30 * MINUTE), card('long-ago', -9 * HOUR), card('just-over', -2 * HOUR)];
    expect(sectionsOf(cards, NOW, ZONE).map(({ ids }) => ids)).toEqual([
      ['a', 'b'],
      ['just-over', 'long-ago'],
    ]);
  });

  it('knows when nothing has moved', () => {
    const cards = [card('a', -MINUTE), card('b', HOUR)];
    expect(sameOrder(sectionsOf(cards, NOW, ZONE), sectionsOf([...cards].reverse(), NOW + MINUTE, ZONE))).toBe(true);
    expect(sameOrder(sectionsOf(cards, NOW, ZONE), sectionsOf(cards, NOW + 2 * HOUR, ZONE))).toBe(false);
    expect(sameOrder(sectionsOf(cards, NOW, ZONE), sectionsOf(cards.slice(1), NOW, ZONE))).toBe(false);
  });

  it('has of each section what has been made, and always that something is over', () => {
    const cards = [...Array.from({ length: 5 }, (_, n) => card(`now${n}`, -MINUTE - n)), card('tomorrow', DAY), card('over', -DAY)];
    const made = madeOf(sectionsOf(cards, NOW, ZONE), new Set(['now1', 'now3', 'gone']));
    expect(made.map(({ kind, ids }) => [kind, ids])).toEqual([
      ['now', ['now3', 'now1']],
      ['over', []],
    ]);
  });
});
