import type { CardView } from '@huddle/shared/gathering.ts';
import type { View } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { nextTurn } from './turn.ts';

const card = (start: number, end: number): CardView => ({
  ...{ id: 'card/tea', rev: 1, title: 'Tea', kind: 'corner', hosts: [], start, end },
});
const other = { id: 'seats/tea', rev: 1, taken: 0, waiting: 0 } as View;

describe('B8: what is shown looks different by the clock alone', () => {
  it('as soon as something begins or ends', () => {
    expect(nextTurn([card(5, 30), other, card(20, 40)], 10, 100)).toBe(20);
    expect(nextTurn([card(5, 15)], 10, 100)).toBe(15);
  });

  it('and no more for what has begun or ended, or is far', () => {
    expect(nextTurn([card(5, 10), card(200, 300)], 10, 100)).toBe(100);
    expect(nextTurn([], 10, 100)).toBe(100);
  });
});
