import { expect, it } from 'vitest';
import { countedTitle } from './attention.ts';

it('a title has the count of what is unread before it, once', () => {
  expect(countedTitle('Harbour Meetup', 2)).toBe('(2) Harbour Meetup');
  expect(countedTitle('(2) Harbour Meetup', 3)).toBe('(3) Harbour Meetup');
  expect(countedTitle('(3) Harbour Meetup', 0)).toBe('Harbour Meetup');
  expect(countedTitle('(a) Tea', 0)).toBe('(a) Tea');
});
