import { describe, expect, it } from 'vitest';
import { routeOf, startOn, withWord, wordsOf } from './route.ts';

describe('the installed app', () => {
  it('starts on the board that was open last, on what its shortcut says', () => {
    expect(['board', 'post', 'mine', 'else'].map((start) => startOn('b', start))).toEqual(['/b/b', '/b/b/post', '/b/b?mine=1', '/b/b']);
  });
});

describe('the screen of a path', () => {
  it.each([
    ['/', { screen: 'boards' }],
    ['', { screen: 'boards' }],
    ['/b/token-week', { screen: 'board', slug: 'token-week' }],
    ['/b/token-week/', { screen: 'board', slug: 'token-week' }],
    ['/b/token-week/post', { screen: 'post', slug: 'token-week' }],
    ['/b/token-week/inbox', { screen: 'inbox', slug: 'token-week' }],
    ['/b/token-week/me', { screen: 'me', slug: 'token-week' }],
    ['/b/token-week/organise', { screen: 'organise', slug: 'token-week' }],
    ['/b/token-week/g/abc_12-9', { screen: 'gathering', slug: 'token-week', id: 'abc_12-9' }],
    ['/b/token-week/g/abc_12-9/poster', { screen: 'poster', slug: 'token-week', id: 'abc_12-9' }],
    ['/b', { screen: 'nowhere' }],
    ['/b/token-week/g', { screen: 'nowhere' }],
    ['/b/token-week/nothing', { screen: 'nowhere' }],
    ['/b/token-week/post/x', { screen: 'nowhere' }],
    ['/b/token-week/g/abc/x', { screen: 'nowhere' }],
    ['/b/token-week.ics', { screen: 'nowhere' }],
    ['/b/token-week/g/abc.ics', { screen: 'nowhere' }],
    ['/b/_', { screen: 'nowhere' }],
    ['/api/boards', { screen: 'nowhere' }],
  ])('%s', (path, route) => {
    expect(routeOf(path)).toEqual(route);
  });
});

describe('the words of a query', () => {
  it('are set, changed and taken out, and survive the way through an address', () => {
    const search = withWord(withWord('', 'q', '咖啡 & bar'), 'kind', 'party');
    expect([...wordsOf(search)]).toEqual([
      ['q', '咖啡 & bar'],
      ['kind', 'party'],
    ]);
    expect(withWord(withWord(search, 'kind', ''), 'q', '')).toBe('');
  });
});
