import { describe, expect, it } from 'vitest';
import { readList, type List } from './import.ts';

const read = (value: unknown): List =>
  readList(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 'json', {
    ...{ zone: 'Europe/Berlin', from: '2024-05-18', to: '2024-05-26' },
    makeId: () => 'made-0001',
  });
const one = { title: 'A', start: '2024-05-20T09:00', end: '2024-05-20T10:00' };

describe('a JSON list', () => {
  it.each([
    ['bare', [one]],
    ['under "events"', { events: [one] }],
    ['under "gatherings"', { gatherings: [one] }],
    ['with a zone for all', { timezone: 'Asia/Hong_Kong', events: [{ ...one, start: '2024-05-20T15:00', end: '2024-05-20T16:00' }] }],
    ['with epoch ms', [{ ...one, start: 1_716_188_400_000, end: 1_716_192_000_000 }]],
  ])('%s', (_, value) => {
    const { entries, problems } = read(value);
    expect(problems).toEqual([]);
    expect(entries.map(({ line, title, start }) => [line, title, start])).toEqual([[1, 'A', 1_716_188_400_000]]);
  });

  it('tells null and empty, which say something, from absent, which does not', () => {
    expect(read([{ ...one, capacity: null, venue: '', price: null }]).entries[0]).toMatchObject({ capacity: null, place: '', price: '' });
    expect(Object.keys(read([one]).entries[0]!)).toEqual(['line', 'gathering', 'title', 'start', 'end']);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['no list', { hello: 'world' }],
    ['a number', 7],
    ['very deep', '['.repeat(100_000)],
  ])('of %s says so', (_, value) => {
    const { entries, problems } = read(value);
    expect([entries.length, problems.length]).toEqual([0, 1]);
  });
});

describe('a schedule as pretalx and frab write it', () => {
  const talk = {
    ...{ id: 17, guid: 'b7e4-guid', date: '2024-05-20T11:00:00+02:00', start: '11:00', duration: '00:45', room: 'Hall 7', slug: 'x' },
    ...{
      title: 'Zero knowledge',
      subtitle: '',
      track: { en: 'Privacy' },
      type: 'Talk',
      language: 'en',
      abstract: 'Short.',
      description: 'Long.',
    },
    ...{
      persons: [
        { id: 1, public_name: 'Ada' },
        { id: 2, name: 'Bo' },
      ],
      url: 'https://example.org/talk',
      links: [],
    },
  };
  const schedule = (rooms: object) => ({
    schedule: { version: '1', conference: { time_zone_name: 'Europe/Berlin', days: [{ day_start: 'x', rooms }] } },
  });

  it('is read room by room', () => {
    const { entries, problems } = read(
      schedule({
        'Hall 7': [talk, { ...talk, guid: 'two', track: 'Web3', date: '2024-05-20T12:00:00' }],
        Lobby: [{ ...talk, guid: 'three', room: undefined }],
      }),
    );
    expect(problems).toEqual([]);
    expect(entries[0]).toEqual({
      ...{
        line: 1,
        gathering: 'made-0001',
        key: 'b7e4-guid',
        title: 'Zero knowledge',
        description: 'Short.\n\nLong.',
        kind: 'talk',
        tags: ['Privacy'],
      },
      ...{ languages: ['en'], place: 'Hall 7', start: 1_716_195_600_000, end: 1_716_195_600_000 + 45 * 60_000 },
      ...{ link: 'https://example.org/talk', hostName: 'Ada, Bo' },
    });
    expect(entries[1]).toMatchObject({ line: 2, key: 'two', tags: ['Web3'], start: 1_716_199_200_000 });
    expect(entries[2]).toMatchObject({ line: 3, key: 'three', place: 'Lobby' });
  });

  it('skips what has no time, with its number', () => {
    const { entries, problems } = read(schedule({ Lobby: [{ ...talk, duration: 'long' }, talk, { ...talk, guid: 'x', date: undefined }] }));
    expect(entries).toHaveLength(1);
    expect(problems.map(({ line, field }) => `${line} ${field ?? '-'}`)).toEqual(['1 end', '3 start']);
  });
});
