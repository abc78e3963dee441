import { describe, expect, it } from 'vitest';
import { chipOf, isTouched } from './chip.ts';

describe('the chips of a post', () => {
  it('know what a hand has set', () => {
    expect(isTouched('start', { length: 1 })).toBe(true);
    expect(isTouched('capacity', { capacity: null })).toBe(true);
    expect(isTouched('kind', { place: 'Bar' })).toBe(false);
  });

  it('are found by the field that was refused', () => {
    expect([chipOf('end'), chipOf('address'), chipOf('title'), chipOf('link')]).toEqual(['start', 'place', 'title', undefined]);
  });
});
