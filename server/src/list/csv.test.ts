import { describe, expect, it } from 'vitest';
import { readList, type List } from './import.ts';

const read = (...lines: readonly string[]): List =>
  readList(Buffer.from(lines.join('\n')), 'csv', {
    zone: 'Europe/Berlin',
    from: '2024-05-18',
    to: '2024-05-26',
    makeId: () => 'made-0001',
  });
const ROW = '2024-05-20T09:00,2024-05-20T10:00';

describe('a table', () => {
  it('has columns in any order and case, and tells once which it does not know', () => {
    const { entries, problems } = read(
      'END,Sponsor level,Start , TITLE ,Mood',
      '2024-05-20T10:00,gold,2024-05-20T09:00,A,fine',
      '2024-05-20T12:00,,2024-05-20T11:00,B,',
    );
    expect(entries.map(({ title, start }) => `${title} ${new Date(start).toISOString()}`)).toEqual([
      'A 2024-05-20T07:00:00.000Z',
      'B 2024-05-20T09:00:00.000Z',
    ]);
    expect(problems).toEqual([{ line: 1, reason: 'columns not used: Sponsor level, Mood' }]);
  });

  it.each([
    ['semicolons', 'title;start;end', 'A;2024-05-20 09:00;2024-05-20 10:00'],
    ['tabs', 'title\tstart\tend', 'A\t2024-05-20 09:00\t2024-05-20 10:00'],
    ['a byte order mark', '\ufefftitle,start,end', `A,${ROW}`],
    ['quotes around all', '"title","start","end"', '"A","2024-05-20T09:00","2024-05-20T10:00"'],
    ['German dates', 'title;start;end', 'A;20.05.2024 09:00;20.05.2024 10:00'],
    ['a day and two times', 'date,title,start,end', '2024-05-20,A,09:00,10:00'],
    ['Chinese headers', '標題,開始,結束', `A,${ROW}`],
    ['another zone', 'title,start,end,timezone', `A,2024-05-20T15:00,2024-05-20T16:00,Asia/Hong_Kong`],
    ['an offset', 'title,start,end', `A,2024-05-20T07:00Z,2024-05-20T13:30+05:30`],
  ])('with %s', (_, ...lines) => {
    const { entries, problems } = read(...lines);
    expect(problems).toEqual([]);
    expect(entries.map(({ title, start, end }) => [title, start, end])).toEqual([
      ['A', Date.parse('2024-05-20T07:00:00Z'), Date.parse('2024-05-20T08:00:00Z')],
    ]);
  });

  it('counts lines as an editor does, line breaks within cells included', () => {
    const { entries, problems } = read(
      'title,description,start,end',
      `A,"one`,
      `two ""quoted"", three",${ROW}`,
      '',
      `B,x,nonsense,2024-05-20T10:00`,
      `C,x,${ROW}`,
    );
    expect(entries.map(({ line, title }) => `${line} ${title}`)).toEqual(['2 A', '6 C']);
    expect(entries[0]?.description).toBe('one\ntwo "quoted", three');
    expect(problems.map(({ line, field }) => `${line} ${field ?? '-'}`)).toEqual(['5 start']);
  });

  it('tells an empty cell from a missing column', () => {
    expect(read('title,start,end,capacity,tags', `A,${ROW},,`).entries[0]).toMatchObject({ capacity: null, tags: [] });
    expect(read('title,start,end', `A,${ROW}`).entries[0]).not.toHaveProperty('capacity');
  });

  it('takes the first known kind; the others are tags; languages get their code', () => {
    const [entry] = read(
      'title,start,end,kinds,tags,languages',
      `A,${ROW},"Networking, Party, meetup","zk; Party, ZK","English, german, Klingon"`,
    ).entries;
    expect(entry).toMatchObject({ kind: 'party', tags: ['Networking', 'meetup', 'zk'], languages: ['en', 'de', 'Klingon'] });
  });

  it('takes off the apostrophe that keeps a formula a text', () => {
    expect(read('title,start,end', `'=1+1,${ROW}`, `'tis the season,${ROW}`).entries.map(({ title }) => title)).toEqual([
      '=1+1',
      "'tis the season",
    ]);
  });

  it('without titles, or with nothing in it, says so', () => {
    expect(read('start,end', ROW).problems).toEqual([{ line: 1, field: 'title', reason: 'there is no such column' }]);
    expect(read('').problems).toEqual([{ line: 1, reason: 'the table is empty' }]);
  });

  it('that is no table at all is not repeated at length', () => {
    const noise = `${'x'.repeat(50_000)}${',?'.repeat(5000)}`;
    const [{ reason } = { reason: '' }] = read(noise).problems;
    expect(reason).toBe(`columns not used: ${'x'.repeat(40)}…${', ?'.repeat(11)}, …`);
  });

  it('with a quote that is never closed keeps what came before', () => {
    const { entries, problems } = read('title,start,end', `A,${ROW}`, `"B,${ROW}`, `C,${ROW}`);
    expect(entries.map(({ title }) => title)).toEqual(['A']);
    expect(problems).toHaveLength(1);
  });
});
