import { describe, expect, it } from 'vitest';
import type { PushMessage } from '../../shared/src/push.ts';
import { openPath, shownOf } from './push.ts';

const about = {
  board: 'week',
  boardName: 'Harbour Week',
  zone: 'Asia/Hong_Kong',
  language: 'en',
  gathering: 'tea',
  title: 'Tea & code',
} as const;
const START = Date.parse('2026-05-22T11:30:00Z');
const said = (more: Partial<PushMessage> & Pick<PushMessage, 'kind'>): string | undefined => shownOf({ ...about, ...more }).options.body;

describe('what is pushed, in words', () => {
  it('says what happened, with the line that came with it', () => {
    const { title, options } = shownOf({ ...about, kind: 'moved', notice: 'moved', place: 'Rooftop', text: 'By the east lift' });
    expect([title, options.body]).toEqual(['Tea & code', 'Moved to Rooftop\nBy the east lift']);
    expect(options).toMatchObject({ data: '/b/week/g/tea', lang: 'en', dir: 'ltr' });
  });

  it('C4: says times by the clock of the venue', () => {
    expect(said({ kind: 'moved', notice: 'postponed', start: START })).toBe('Now at Fri, May 22, 19:30');
    expect(said({ kind: 'soon', notice: 'soon', start: START })).toBe('Begins at 19:30');
  });

  it('has words for every kind', () => {
    expect(said({ kind: 'cancelled', notice: 'cancelled' })).toBe('Cancelled');
    expect(said({ kind: 'promoted', start: START })).toBe('You’re in! A seat became free.');
    expect(said({ kind: 'released', start: START })).toBe('Your seat was given on, because you had not said that you come.');
    expect(said({ kind: 'notice', notice: 'text', text: 'We are by the window' })).toBe('We are by the window');
    const { gathering: _g, title: _t, ...board } = about;
    expect(shownOf({ ...board, kind: 'organiser', text: 'Fire drill' })).toMatchObject({
      title: 'Harbour Week',
      options: { body: 'From the organiser\nFire drill', data: '/b/week/inbox' },
    });
  });

  it('is in the reader’s language, and in its direction', () => {
    expect(said({ kind: 'moved', notice: 'moved', place: '天台', language: 'zh-Hant' })).toBe('改到 天台');
    expect(shownOf({ ...about, kind: 'cancelled', notice: 'cancelled', language: 'ar' }).options).toMatchObject({ dir: 'rtl', lang: 'ar' });
  });

  it('puts a newer state in the place of the older one, and a free line in nobody’s', () => {
    const moved = shownOf({ ...about, kind: 'moved', notice: 'moved', place: 'Bar' }).options;
    expect(moved).toMatchObject({ tag: 'week/tea/moved', renotify: true });
    expect(shownOf({ ...about, kind: 'notice', notice: 'text', text: 'Hi' }).options.tag).toBeUndefined();
  });
});

describe('a tap on it', () => {
  const page = (path: string, focus = () => Promise.resolve()) => {
    const heard: unknown[] = [];
    return { url: `https://huddle.test${path}`, heard, focus, postMessage: (message: unknown) => heard.push(message) };
  };
  const open = async (...pages: readonly ReturnType<typeof page>[]): Promise<string[]> => {
    const opened: string[] = [];
    const windows = {
      matchAll: () => Promise.resolve(pages as unknown as readonly WindowClient[]),
      openWindow: (path: string) => Promise.resolve(opened.push(path)),
    };
    await openPath(windows, '/b/week/g/tea');
    return opened;
  };

  it('opens the gathering where no page of the board is open', async () => {
    expect(await open(page('/b/weekend'))).toEqual(['/b/week/g/tea']);
  });

  it('lets a page of the board that is open go there by itself, so that it loses nothing', async () => {
    const [other, board] = [page('/'), page('/b/week/post')];
    expect(await open(other, board)).toEqual([]);
    expect([other.heard, board.heard]).toEqual([[], [{ go: '/b/week/g/tea' }]]);
  });

  it('is content with a page that may not come to the front', async () => {
    const board = page('/b/week', () => Promise.reject(new Error('not allowed')));
    expect(await open(board)).toEqual([]);
    expect(board.heard).toEqual([{ go: '/b/week/g/tea' }]);
  });
});
