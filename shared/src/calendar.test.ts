import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarText, escapeText, foldLine, type CalendarEntry } from './calendar.ts';

const board = { slug: 'harbour', name: 'Harbour, Meetup', zone: 'Asia/Hong_Kong', base: 'https://huddle.example' };
const dinner: CalendarEntry = { id: 'gathering1', title: 'Dinner', start: Date.UTC(2026, 10, 14, 11, 30), end: Date.UTC(2026, 10, 14, 13) };
const octets = (line: string): number => Buffer.byteLength(line);
const unfold = (text: string): string => text.replaceAll('\r\n ', '');

describe('folding', () => {
  it('cuts before the character that would be past 75 octets: letters, Chinese of three octets, emoji of four', () => {
    expect(foldLine('a'.repeat(75))).toBe('a'.repeat(75));
    expect(foldLine('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`);
    expect(foldLine('海'.repeat(26))).toBe(`${'海'.repeat(25)}\r\n 海`);
    expect(foldLine(`a${'海'.repeat(25)}`)).toBe(`a${'海'.repeat(24)}\r\n 海`);
    expect(foldLine('🦀'.repeat(19))).toBe(`${'🦀'.repeat(18)}\r\n 🦀`);
    expect(foldLine('é'.repeat(38))).toBe(`${'é'.repeat(37)}\r\n é`);
  });

  it('of any text no line is longer, no character is cut, and unfolded it is the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const line = `SUMMARY:${escapeText(text)}`;
        const folded = foldLine(line);
        const lines = folded.split('\r\n ');
        expect(Math.max(...lines.map((one, index) => octets(one) + (index === 0 ? 0 : 1)))).toBeLessThanOrEqual(75);
        expect(unfold(folded)).toBe(unfold(line));
        expect(Buffer.from(folded).toString()).toBe(folded);
      }),
    );
  });
});

it('a gathering is written in UTC, with place, address and link, escaped, under an id that stays', () => {
  const entry = {
    ...dinner,
    title: 'Dinner; spicy',
    place: 'Bar, 天台',
    address: '1 Pier Rd',
    description: 'Bring\nfriends',
    tags: ['a,b', 'c'],
  };
  expect(unfold(calendarText(board, [entry], Date.UTC(2026, 10, 14, 10))).split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huddle//Huddle//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'X-WR-CALNAME:Harbour\\, Meetup',
    'X-WR-TIMEZONE:Asia/Hong_Kong',
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'BEGIN:VEVENT',
    'UID:gathering1.harbour@huddle',
    'DTSTAMP:20261114T100000Z',
    'DTSTART:20261114T113000Z',
    'DTEND:20261114T130000Z',
    'SUMMARY:Dinner\\; spicy',
    'LOCATION:Bar\\, 天台\\, 1 Pier Rd',
    'DESCRIPTION:Bring\\nfriends\\n\\nhttps://huddle.example/b/harbour/g/gathering1',
    'URL:https://huddle.example/b/harbour/g/gathering1',
    'CATEGORIES:a\\,b,c',
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

it('what is called off and what may come to nothing says so', () => {
  const status = (more: Partial<CalendarEntry>): string | undefined =>
    /STATUS:(\w+)/.exec(calendarText(board, [{ ...dinner, ...more }], 0))?.[1];
  expect([status({}), status({ tentative: true }), status({ tentative: true, cancelled: true })]).toEqual([
    'CONFIRMED',
    'TENTATIVE',
    'CANCELLED',
  ]);
});
