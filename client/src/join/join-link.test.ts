import { isJoinCode } from '@huddle/shared/join.ts';
import { expect, it } from 'vitest';
import { boardLink, codeIn, newJoinCode } from './join-link.ts';

it('a link carries the code in any script, and gives it back', () => {
  for (const code of ['K7QM2XWP', '維港海濱長廊', 'ÅNGSTRÖM&=?#']) {
    const { pathname, search } = new URL(boardLink('https://huddle.example', 'week', code));
    expect([pathname, codeIn(search)]).toEqual(['/b/week', code]);
  }
});

it('without a code the link is the board’s address', () => {
  expect(boardLink('https://huddle.example', 'week')).toBe('https://huddle.example/b/week');
  expect([codeIn(''), codeIn('?code='), codeIn('?kind=demo')]).toEqual([undefined, undefined, undefined]);
});

it('a code that is made is one that may be asked for', () => {
  expect(isJoinCode(newJoinCode())).toBe(true);
});
