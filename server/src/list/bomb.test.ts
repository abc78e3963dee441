/** X3: files made to be read for ever, or to the end of the stack. They are read to an answer, and nothing is thrown. */
import { expect, it } from 'vitest';
import type { ListFormat } from './format.ts';
import { readList } from './import.ts';

const context = { zone: 'Asia/Hong_Kong', from: '2026-03-08', to: '2026-03-12', makeId: () => 'made-00001' };
const MB = 1024 * 1024;

/** As large as it takes to overflow a stack; the very largest are read by hand. */
const BOMBS: readonly (readonly [what: string, format: ListFormat, text: string])[] = [
  ['a row of a million cells', 'csv', 'x,'.repeat(MB)],
  ['a quote that never ends', 'csv', `title,start,end\n"${'a'.repeat(4 * MB)}`],
  ['brackets that never end', 'json', '['.repeat(4 * MB)],
  ['brackets that all end', 'json', '['.repeat(2 * MB) + ']'.repeat(2 * MB)],
  ['objects in objects', 'json', '{"events":'.repeat(200_000)],
];

const ICS = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//bomb//EN'];
const calendar = (...lines: readonly string[]): string => [...ICS, ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (uid: number, ...lines: readonly string[]): readonly string[] => [
  ...['BEGIN:VEVENT', `UID:${uid}@bomb`, 'SUMMARY:Boom', 'DTSTART:20230309T020000Z', 'DTEND:20230309T030000Z'],
  ...[...lines, 'END:VEVENT'],
];
const times = (count: number, make: (index: number) => readonly string[]): readonly string[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

/** Of these, what is on the days of the board may be read; the rest must end. */
const CALENDARS: readonly (readonly [what: string, text: string])[] = [
  ['a line that is folded for ever', calendar(...event(1, `DESCRIPTION:a${'\r\n a'.repeat(1_500_000)}`))],
  ['components in components', [...ICS, ...times(100_000, () => ['BEGIN:VEVENT'])].join('\r\n')],
  ['components in components that all end', calendar(...times(50_000, () => ['BEGIN:X-A']), ...times(50_000, () => ['END:X-A']))],
  ['five hundred rules of every second', calendar(...times(500, (index) => event(index, 'RRULE:FREQ=SECONDLY')))],
  [
    'five hundred rules that never come true',
    calendar(...times(500, (index) => event(index, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'))),
  ],
  [
    'a rule of more parts than the year has days',
    calendar(
      ...event(
        1,
        `RRULE:FREQ=YEARLY;BYYEARDAY=${Array.from({ length: 366 }, (_, day) => day + 1).join(',')};BYHOUR=${Array.from({ length: 24 }, (_, hour) => hour).join(',')};BYSECOND=${Array.from({ length: 60 }, (_, second) => second).join(',')}`,
      ),
    ),
  ],
  ['a hundred thousand dates', calendar(...event(1, `RDATE:${'20260309T020000Z,'.repeat(100_000)}20260310T020000Z`))],
  ['a hundred thousand exceptions', calendar(...event(1, 'RRULE:FREQ=DAILY', ...times(100_000, () => ['EXDATE:20260309T020000Z'])))],
  ['a property of a hundred thousand parameters', calendar(...event(1, `X-A${';X=1'.repeat(100_000)}:b`))],
];

it.each(CALENDARS)('iCalendar: %s', { timeout: 60_000 }, (_what, text) => {
  expect(readList(Buffer.from(text), 'ics', context).entries.length).toBeLessThanOrEqual(5000);
});

it.each(BOMBS)('%s', { timeout: 60_000 }, (_what, format, text) => {
  const { entries, problems } = readList(Buffer.from(text), format, context);
  expect([entries, problems.length > 0]).toEqual([[], true]);
});

it('brackets in texts are none', () => {
  const event = { title: `${'['.repeat(100)} "\\" {`, start: '2026-03-09T10:00:00', end: '2026-03-09T11:00:00' };
  const { entries } = readList(Buffer.from(JSON.stringify([event])), 'json', context);
  expect(entries.map(({ title }) => title)).toEqual([event.title]);
});
