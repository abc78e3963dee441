import { describe, expect, it } from 'vitest';
import { readList, type List, type ListContext } from './import.ts';

let made = 0;
const context: ListContext = {
  zone: 'Europe/Berlin',
  from: '2024-05-18',
  to: '2024-05-26',
  makeId: () => `made-${String((made += 1)).padStart(6, '0')}`,
};
const calendar = (...lines: readonly string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): string[] => ['BEGIN:VEVENT', 'UID:a@x', 'SUMMARY:A', ...lines, 'END:VEVENT'];
const read = (...lines: readonly string[]): List => readList(Buffer.from(calendar(...lines)), 'ics', context);
const utc = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
/** `start–end` in UTC, with the UID where there are several. */
const times = ({ entries }: List): string[] => entries.map(({ start, end }) => `${utc(start)}–${utc(end).slice(11)}`);
const uids = ({ entries }: List): (string | undefined)[] => entries.map(({ uid }) => uid);

describe('when an event takes place', () => {
  it.each([
    [
      'in a zone by its name',
      ['DTSTART;TZID=America/New_York:20240520T090000', 'DTEND;TZID=America/New_York:20240520T100000'],
      '2024-05-20T13:00–14:00',
    ],
    ['in UTC', ['DTSTART:20240520T090000Z', 'DTEND:20240520T103000Z'], '2024-05-20T09:00–10:30'],
    ['floating: on the clocks of the board', ['DTSTART:20240520T090000', 'DTEND:20240520T100000'], '2024-05-20T07:00–08:00'],
    ['with a duration', ['DTSTART:20240520T090000Z', 'DURATION:PT1H30M'], '2024-05-20T09:00–10:30'],
    ['without an end: an hour', ['DTSTART:20240520T090000Z'], '2024-05-20T09:00–10:00'],
    ['that ends as it starts: an hour', ['DTSTART:20240520T090000Z', 'DTEND:20240520T090000Z'], '2024-05-20T09:00–10:00'],
    ['ending in another zone', ['DTSTART;TZID=Europe/Berlin:20240520T110000', 'DTEND:20240520T100000Z'], '2024-05-20T09:00–10:00'],
    [
      'with the long name that some programs write',
      ['DTSTART;TZID=/example.org/2024/Asia/Hong_Kong:20240520T110000'],
      '2024-05-20T03:00–04:00',
    ],
    ['all day', ['DTSTART;VALUE=DATE:20240520'], '2024-05-19T22:00–22:00'],
  ])('%s', (_, lines, expected) => expect(times(read(...event(...lines)))).toEqual([expected]));

  it('by the zone that the file brings, under whatever name', () => {
    const zone = [
      ...['BEGIN:VTIMEZONE', 'TZID:Our own', 'BEGIN:STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0400', 'TZOFFSETTO:+0300'],
      ...['RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:19700329T020000', 'TZOFFSETFROM:+0300'],
      ...['TZOFFSETTO:+0400', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3', 'END:DAYLIGHT', 'END:VTIMEZONE'],
    ];
    expect(times(read(...zone, ...event('DTSTART;TZID="Our own":20240520T120000')))).toEqual(['2024-05-20T08:00–09:00']);
  });

  it('all day for several days: one a day, those of the board', () => {
    const list = read(...event('DTSTART;VALUE=DATE:20240516', 'DTEND;VALUE=DATE:20240520'));
    expect(times(list)).toEqual(['2024-05-17T22:00–22:00', '2024-05-18T22:00–22:00']);
    expect(uids(list)).toEqual(['a@x/2024-05-18', 'a@x/2024-05-19']);
  });

  it('all day on the day that clocks go back: 24 h, as a gathering has at most', () => {
    const autumn = { ...context, from: '2024-10-26', to: '2024-10-28' };
    const { entries } = readList(Buffer.from(calendar(...event('DTSTART;VALUE=DATE:20241027'))), 'ics', autumn);
    expect(entries.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([24]);
  });
});

describe('an event that repeats', () => {
  it('is there as often as it takes place on the days of the board', () => {
    const list = read(...event('DTSTART;TZID=Europe/Berlin:20240501T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE'));
    expect(times(list)).toEqual(['2024-05-20T07:00–08:00', '2024-05-22T07:00–08:00']);
    expect(uids(list)).toEqual(['a@x/20240520T070000Z', 'a@x/20240522T070000Z']);
  });

  it('keeps the hour on the wall when clocks change', () => {
    const spring = { ...context, from: '2024-03-30', to: '2024-04-01' };
    const file = calendar(...event('DTSTART;TZID=Europe/Berlin:20240330T090000', 'RRULE:FREQ=DAILY;COUNT=3'));
    expect(times(readList(Buffer.from(file), 'ics', spring))).toEqual([
      '2024-03-30T08:00–09:00',
      '2024-03-31T07:00–08:00',
      '2024-04-01T07:00–08:00',
    ]);
  });

  it('leaves out EXDATE, adds RDATE, and ends with UNTIL, whatever clocks they are written in', () => {
    const list = read(
      ...event(
        'DTSTART;TZID=Europe/Berlin:20240520T090000',
        'RRULE:FREQ=DAILY;UNTIL=20240523T070000Z',
        'EXDATE:20240521T070000Z',
        'EXDATE;TZID=America/New_York:20240522T030000',
        'RDATE;TZID=Europe/Berlin:20240525T180000,20240720T180000',
      ),
    );
    expect(times(list)).toEqual(['2024-05-20T07:00–08:00', '2024-05-23T07:00–08:00', '2024-05-25T16:00–17:00']);
  });

  it('takes what RECURRENCE-ID says of one of them', () => {
    const list = read(
      ...event('DTSTART;TZID=Europe/Berlin:20240520T090000', 'RRULE:FREQ=DAILY;COUNT=3'),
      ...[
        'BEGIN:VEVENT',
        'UID:a@x',
        'SUMMARY:A moved',
        'RECURRENCE-ID;TZID=Europe/Berlin:20240521T090000',
        'DTSTART:20240521T150000Z',
        'END:VEVENT',
      ],
      ...[
        'BEGIN:VEVENT',
        'UID:a@x',
        'SUMMARY:A',
        'STATUS:CANCELLED',
        'RECURRENCE-ID:20240522T070000Z',
        'DTSTART:20240522T070000Z',
        'END:VEVENT',
      ],
    );
    expect(times(list)).toEqual(['2024-05-20T07:00–08:00', '2024-05-21T15:00–16:00', '2024-05-22T07:00–08:00']);
    expect(uids(list)).toEqual(['a@x/20240520T070000Z', 'a@x/20240521T070000Z', 'a@x/20240522T070000Z']);
    expect(list.entries.map(({ title, cancelled }) => `${title} ${cancelled ?? '-'}`)).toEqual(['A -', 'A moved -', 'A true']);
  });

  it('all day, every day', () => {
    expect(uids(read(...event('DTSTART;VALUE=DATE:20240524', 'RRULE:FREQ=DAILY;UNTIL=20240525')))).toEqual([
      'a@x/2024-05-24',
      'a@x/2024-05-25',
    ]);
  });

  it('more often than anybody can attend is read a hundred times, and says so', () => {
    const list = read(...event('DTSTART:20240520T090000Z', 'DURATION:PT5M', 'RRULE:FREQ=MINUTELY;INTERVAL=5'));
    expect(list.entries).toHaveLength(100);
    expect(list.problems).toEqual([{ line: 3, field: 'rrule', reason: "only the first 100 times on the board's days are read" }]);
  });

  it('never on the days of the board is said, not passed over', () => {
    const { entries, problems } = read(...event('DTSTART:20230101T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'));
    expect(entries).toEqual([]);
    expect(problems).toEqual([{ line: 3, field: 'rrule', reason: "has no time on the board's days" }]);
  });

  it('on a day that never comes does not keep the node for ever', () => {
    const never = event('DTSTART:20230520T090000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30');
    const { entries, problems } = read(...never, ...never, ...event('DTSTART:20240520T090000Z'));
    expect(entries).toHaveLength(1);
    expect(problems.map(({ line, field }) => `${line} ${field ?? ''}`)).toEqual(['3 rrule', '9 rrule']);
  });
});

describe('what an event says', () => {
  it('folded lines, escapes, categories, organiser, status', () => {
    const { entries } = read(
      ...event(
        'DTSTART:20240520T090000Z',
        'DESCRIPTION:Rust\\, Solidity\\; and\\nGo',
        '  lang',
        'LOCATION:hubraum\\, Winterfeldtstr. 21\\, Berlin',
        'CATEGORIES:Party,party,Web3',
        'CATEGORIES:web3,beer',
        'ORGANIZER;CN="Jobs, & Co":mailto:a@example.org',
        'URL:https://example.org/a',
        'STATUS:CONFIRMED',
      ),
    );
    expect(entries[0]).toMatchObject({
      ...{ uid: 'a@x', title: 'A', description: 'Rust, Solidity; and\nGo lang', place: 'hubraum', address: 'Winterfeldtstr. 21, Berlin' },
      ...{ kind: 'party', tags: ['Web3', 'beer'], hostName: 'Jobs, & Co', link: 'https://example.org/a', cancelled: false },
    });
  });

  it('leaves out what it does not say, so that what is there stays', () => {
    expect(Object.keys(read(...event('DTSTART:20240520T090000Z')).entries[0]!)).toEqual([
      'line',
      'gathering',
      'uid',
      'title',
      'start',
      'end',
    ]);
  });
});

describe('a broken event', () => {
  it('is reported with the line of its BEGIN:VEVENT and spoils no other', () => {
    const { entries, problems } = read(
      ...['BEGIN:VEVENT', 'UID:no-time', 'SUMMARY:x', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:no-colon', 'SUMMARY', 'DTSTART:20240520T090000Z', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:bad-time', 'SUMMARY:x', 'DTSTART:tomorrow', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:bad-zone', 'SUMMARY:x', 'DTSTART;TZID=Mars:20240520T090000', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:bad-rule', 'SUMMARY:x', 'DTSTART:20240520T090000Z', 'RRULE:FREQ=SOMETIMES', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:backwards', 'SUMMARY:x', 'DTSTART:20240520T090000Z', 'DTEND:20240520T080000Z', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:no-end', 'SUMMARY:x', 'DTSTART:20240520T090000Z'],
      ...event('DTSTART:20240520T090000Z', 'BEGIN:VALARM', 'TRIGGER:-PT15M', 'END:VALARM'),
    );
    expect(entries.map(({ title, line }) => `${title} ${line}`)).toEqual(['A 38']);
    expect(problems.map(({ line, field }) => `${line} ${field ?? '-'}`)).toEqual([
      '3 start',
      '7 -',
      '12 -',
      '17 start',
      '22 -',
      '28 end',
      '34 -',
    ]);
  });

  it('a file that is no calendar says so', () => {
    expect(readList(Buffer.from('title,start\n'), 'ics', context).problems).toEqual([{ line: 1, reason: 'this is not an iCalendar file' }]);
  });
});
