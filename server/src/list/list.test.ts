/** Lists there and back: what an export says, an import takes back, and it changes nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { GATHERING_LIMITS, KINDS, RELEASE_AFTER, type GatheringRecord } from '@huddle/shared/gathering.ts';
import { importedGathering, type ImportedGathering } from '@huddle/shared/import.ts';
import { LANGUAGES } from '@huddle/shared/language.ts';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { GATHERING_DEFAULTS } from '../board/records.ts';
import { writeList } from './export.ts';
import { LIST_FORMATS, type ListFormat } from './format.ts';
import { LIST_BYTES, readList, type List, type ListContext } from './import.ts';

let made = 0;
const context: ListContext = {
  zone: 'Europe/Berlin',
  from: '2024-05-18',
  to: '2024-06-08',
  makeId: () => `made-${String((made += 1)).padStart(6, '0')}`,
};
const read = (text: string | Uint8Array, format: ListFormat): List =>
  readList(typeof text === 'string' ? Buffer.from(text) : text, format, context);

/** What the board would have after taking the entry in. */
const recordOf = ({ line: _line, gathering, uid, key, ...fields }: ImportedGathering): GatheringRecord => {
  const source = { ...(uid === undefined ? {} : { uid }), ...(key === undefined ? {} : { key }) };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<GatheringRecord>;
  return {
    id: `gathering/${gathering}`,
    type: 'gathering',
    rev: 1,
    ...{ title: '', start: 0, end: 0 },
    ...GATHERING_DEFAULTS,
    createdAt: 1_716_000_000_000,
    ...given,
    ...(Object.keys(source).length === 0 ? {} : { source }),
  };
};

/** What is left of a record that an export can say. */
const told = ({ rev: _rev, createdAt: _at, createdBy: _by, hidden: _hidden, type: _type, ...record }: GatheringRecord): object => record;
const board = { name: 'Berlin; "Week", 2024', zone: 'Europe/Berlin' };

describe('what an export says, an import takes back', () => {
  const hostile = fc.constantFrom(
    ...[
      '=1+1',
      '+49',
      '-1',
      '@x',
      "'=1",
      "''@a",
      '\ta',
      'a,b',
      'a;b',
      '"',
      '""',
      '\\',
      '\\n',
      'a\nb',
      '^',
      "^'",
      '^n',
      ' ',
      ':',
      'END:VEVENT',
      '\r\n',
      '🎉',
      'ﬁ',
      '零知識',
      'é',
    ],
  );
  const text = fc.array(fc.oneof(hostile, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 8 }).map((parts) => parts.join(''));
  const line = (longest: number) =>
    text.map((given) =>
      Array.from(given.replace(/[\t\n\r\u2028\u2029]+/g, ' '))
        .slice(0, longest)
        .join(''),
    );
  const full = (longest: number) => line(longest).map((given) => `x${given}`.slice(0, longest));
  const words = (longest: number) =>
    fc.uniqueArray(
      fc.oneof(
        full(longest),
        hostile.map((word) => `${word.trim()}x`),
      ),
      { maxLength: 5, selector: (word) => word.trim().toLowerCase() },
    );
  const start = fc.integer({ min: Date.parse('2024-05-18T00:00:00Z'), max: Date.parse('2024-12-01T00:00:00Z') });
  const entry = fc
    .record({
      line: fc.constant(1),
      gathering: fc.string({ minLength: 8, maxLength: 20, unit: fc.constantFrom('a', 'b', 'X', 'Z', '0', '9', '-', '_') }),
      uid: fc.option(full(40), { nil: undefined }),
      key: fc.option(full(40), { nil: undefined }),
      title: fc.oneof(
        full(60),
        hostile.map((word) => `${word}!`),
      ),
      description: text,
      kind: fc.constantFrom(...KINDS),
      tags: fc.oneof(words(GATHERING_LIMITS.tag), fc.constant(['party', 'corner'])),
      languages: fc.oneof(words(20), fc.constant(['English', 'zh-Hant'])),
      second: fc.oneof(
        fc.constant(null),
        fc.record({
          language: fc.constantFrom(...LANGUAGES),
          title: full(60),
          description: text,
        }),
      ),
      place: line(60),
      address: line(60),
      placeFor: fc.constantFrom('all' as const, 'going' as const),
      releaseAfter: fc.constantFrom(...RELEASE_AFTER),
      start,
      length: fc.integer({ min: 1, max: 24 * 3_600_000 }),
      capacity: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: null }),
      partyMax: fc.integer({ min: 1, max: 10 }),
      link: fc.constantFrom('', 'https://example.org/a?b=1,2;3&c="x"#y'),
      hostName: line(60),
      price: line(40),
      registration: line(40),
      closed: fc.boolean(),
      cancelled: fc.boolean(),
    })
    .map(({ length, ...fields }) => v.safeParse(importedGathering, { ...fields, end: fields.start + length }))
    .filter((parsed) => parsed.success)
    .map((parsed) => parsed.output);
  const known = ({ uid, key, title, start: at }: ImportedGathering): string => uid ?? key ?? `${title}/${at}`;
  const list = fc.uniqueArray(entry, { maxLength: 4, comparator: (a, b) => a.gathering === b.gathering || known(a) === known(b) });

  it.each(LIST_FORMATS)('%s: whatever stands in it', (format) => {
    fc.assert(
      fc.property(list, (entries) => {
        const records = entries.map(recordOf).sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
        const back = read(writeList(records, format, board), format);
        expect(back.problems).toEqual([]);
        expect(back.entries.map(recordOf).map(told)).toEqual(records.map(told));
      }),
      { numRuns: 100 },
    );
  });

  it('ics: lines end in CRLF and have at most 75 octets; a character is never cut', () => {
    const titles = ['派對🎉'.repeat(20), 'plain letters '.repeat(8).trim(), `x${'é'.repeat(100)}`];
    const times = { start: 1_716_000_000_000, end: 1_716_003_600_000 };
    const records = titles.map((title, at) => recordOf({ line: 1, gathering: `abcdefg${at}`, title, ...times }));
    const lines = writeList(records, 'ics', board).split('\r\n');
    expect(Math.max(...lines.map((each) => Buffer.byteLength(each)))).toBe(75);
    expect(lines.join('')).not.toContain('\n');
    const unfolded = lines.join('\r\n').replace(/\r\n /g, '');
    for (const title of titles) expect(unfolded).toContain(`SUMMARY:${title}`);
  });

  it('csv: no cell is a formula', () => {
    const titles = ['=SUM(A1)', '+1', '-1', '@cmd', "'=x", '＝1'];
    const records = titles.map((title, at) =>
      recordOf({ line: 1, gathering: `abcdefg${at}`, title, start: 1_716_000_000_000 + at, end: 1_716_003_600_000 }),
    );
    for (const row of writeList(records, 'csv', board).split('\r\n').slice(1, -1)) {
      for (const cell of row.split(',')) expect(cell).not.toMatch(/^"?[=+\-@\t]/);
    }
  });
});

describe('a file', () => {
  it('that is too large is not read', () => {
    expect(read(new Uint8Array(LIST_BYTES + 1), 'json').problems[0]?.reason).toContain('larger than 10 MB');
  });

  it('of too many entries is read in part, and says so', () => {
    const many = Array.from({ length: 5001 }, (_, at) => ({ title: `g${at}`, start: '2024-05-18T10:00', end: '2024-05-18T11:00' }));
    const { entries, problems } = read(JSON.stringify(many), 'json');
    expect([entries.length, problems.map(({ reason }) => reason)]).toEqual([5000, ['only the first 5000 entries are read']]);
  });

  it('says what is wrong with an entry and takes the rest', () => {
    const { entries, problems } = read(
      JSON.stringify([
        { title: 'Good', start: '2024-05-18T10:00', end: '2024-05-18T11:00' },
        { title: 'No end', start: '2024-05-18T10:00' },
        { title: '', start: '2024-05-18T10:00', end: '2024-05-18T11:00' },
        { title: 'Backwards', start: '2024-05-18T12:00', end: '2024-05-18T11:00' },
        { title: 'Long', start: '2024-05-18T12:00', end: '2024-05-20T11:00' },
        { title: 'Seats', start: '2024-05-18T12:00', end: '2024-05-18T13:00', capacity: 'many' },
        { title: 'Zone', start: '2024-05-18T12:00', end: '2024-05-18T13:00', timezone: 'Mars/Base' },
        { title: 'When', start: '30.02.2024 12:00', end: '2024-05-18T13:00' },
        { title: 'Link', start: '2024-05-18T12:00', end: '2024-05-18T13:00', url: 'javascript:alert(1)' },
        { title: 'Good', start: '2024-05-18T10:00', end: '2024-05-18T11:30' },
        'nonsense',
      ]),
      'json',
    );
    expect(entries.map(({ title }) => title)).toEqual(['Good']);
    expect(problems.map(({ line, field }) => `${line} ${field ?? '-'}`)).toEqual([
      '2 end',
      '3 title',
      '4 end',
      '5 end',
      '6 capacity',
      '7 timezone',
      '8 start',
      '9 link',
      '10 -',
      '11 title',
    ]);
    expect(problems.find(({ line }) => line === 2)?.reason).toBe('is missing');
    expect(problems.find(({ line }) => line === 10)?.reason).toBe('the same gathering as in line 1');
  });

  it('shortens what other programs wrote too long, and says so', () => {
    const tags = Array.from({ length: 14 }, (_, at) => `tag ${at}`);
    const { entries, problems } = read(
      JSON.stringify([{ title: 'x', start: '2024-05-18T10:00', end: '2024-05-18T11:00', host: 'n'.repeat(200), tags }]),
      'json',
    );
    expect(entries[0]?.tags).toHaveLength(12);
    expect(entries[0]?.hostName).toHaveLength(120);
    expect(problems.map(({ field }) => field)).toEqual(['hostName', 'tags']);
  });

  it('of any bytes at all never throws', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => Buffer.from(text)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(...LIST_FORMATS), (given, format) => {
        read(given, format);
      }),
      { numRuns: 500 },
    );
  });

  it('in UTF-16 or in the letters of older spreadsheets is read too', () => {
    const table = 'title\tstart\tend\nCafé\t2024-05-18 10:00\t2024-05-18 11:00\n';
    expect(read(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table, 'utf16le')]), 'csv').entries[0]?.title).toBe('Café');
    expect(read(Buffer.from(table, 'latin1'), 'csv').entries[0]?.title).toBe('Café');
  });
});

/** Real lists, where they lie beside the project. */
const DATA = [new URL('../../../../shared/data/berlin-blockchain-week-2024', import.meta.url).pathname].find((path) =>
  existsSync(`${path}.json`),
);
if (DATA === undefined) console.info('Not tested on the lists of Berlin Blockchain Week 2024: the files are not on this machine.');

describe.runIf(DATA !== undefined)('the side events of Berlin Blockchain Week 2024', () => {
  const lists = (): Record<ListFormat, List> => {
    const file = (format: ListFormat): List => read(readFileSync(`${DATA ?? ''}.${format}`), format);
    return { ics: file('ics'), csv: file('csv'), json: file('json') };
  };

  it.each(LIST_FORMATS)('%s: 90 gatherings, none wrong; exported and read again nothing changes, in any format', (format) => {
    const list = lists()[format];
    expect([list.entries.length, list.problems]).toEqual([90, []]);
    const records = list.entries.map(recordOf).sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    for (const written of LIST_FORMATS) {
      const back = read(writeList(records, written, board), written);
      expect(back.problems).toEqual([]);
      expect(back.entries.map(recordOf).map(told)).toEqual(records.map(told));
    }
  });

  it('the three files agree, but where iCalendar cannot tell place from address', () => {
    const { ics, csv, json } = lists();
    const facts = (list: List) => list.entries.map(({ line: _line, gathering: _id, uid: _uid, key: _key, ...fields }) => fields);
    expect(facts(csv)).toEqual(facts(json));
    let unlike = 0;
    facts(ics).forEach((fields, at) => {
      const { place, address, ...rest } = fields;
      const {
        place: theirs,
        address: theirAddress,
        languages: _languages,
        capacity: _capacity,
        price: _price,
        registration: _registration,
        ...others
      } = facts(json)[at]!;
      expect(rest).toEqual(others);
      expect([place, address].filter(Boolean).join(', ')).toBe([theirs, theirAddress].filter(Boolean).join(', '));
      if (place !== theirs) unlike += 1;
    });
    expect(unlike).toBe(3);
  });

  it('is what the page of the first one says', () => {
    expect(lists().json.entries[0]).toMatchObject({
      ...{
        key: 'blockdev',
        title: 'Blockchain Developers Berlin Pt. 2',
        kind: 'conference',
        languages: ['en'],
        capacity: 400,
        place: 'hubraum',
      },
      ...{ tags: ['hackathon', 'developers', 'cryptography', 'entrepreneur', 'sushi'], hostName: 'Jobited & Peer Network', price: 'FREE' },
      ...{ start: Date.parse('2024-05-18T13:00:00Z'), end: Date.parse('2024-05-18T17:00:00Z'), link: 'https://lu.ma/pk3i9gqv' },
    });
  });
});
