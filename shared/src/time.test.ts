import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  addDays,
  atDay,
  DAY,
  dayOf,
  daysBetween,
  HOUR,
  keepSteady,
  offsetAt,
  steadyAround,
  toEpoch,
  weekdayOf,
  zonedParts,
} from './time.ts';

const utc = (text: string): number => Date.parse(text);
const ZONES = ['Asia/Hong_Kong', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];
const wall = (year: number, month: number, day: number, hour: number, minute: number) => ({ year, month, day, hour, minute });

describe('time in a zone', () => {
  it('shows what the wall shows', () => {
    expect(zonedParts(utc('2024-05-18T16:30:05Z'), 'Asia/Hong_Kong')).toEqual({
      ...wall(2024, 5, 19, 0, 30),
      second: 5,
      weekday: 0,
    });
    expect(dayOf(utc('2024-05-18T16:30:00Z'), 'Asia/Hong_Kong')).toBe('2024-05-19');
    expect(dayOf(utc('2024-05-18T16:30:00Z'), 'Europe/Berlin')).toBe('2024-05-18');
  });

  it('P10: takes somebody’s word for a stretch, and looks up what lies beyond', () => {
    keepSteady({ zone: 'Asia/Tokyo', from: 10 * DAY, until: 11 * DAY, offset: HOUR });
    expect([10 * DAY - 1, 10 * DAY, 11 * DAY - 1, 11 * DAY].map((at) => offsetAt(at, 'Asia/Tokyo') / HOUR)).toEqual([9, 1, 1, 9]);
  });

  it('P10: a stretch ends where clocks change, and says the same as the zone all the way', () => {
    const { from, until, offset } = steadyAround(utc('2024-03-20T12:00:00Z'), 'Europe/Berlin');
    expect(offset).toBe(HOUR);
    expect(until).toBe(utc('2024-03-31T00:00:00Z'));
    expect(from).toBe(utc('2024-01-20T00:00:00Z'));
    for (let at = from; at < until; at += 6 * HOUR) expect(offsetAt(at, 'Europe/Berlin')).toBe(offset);
  });

  it('knows zones of half and three quarter hours', () => {
    expect(offsetAt(utc('2024-05-18T00:00:00Z'), 'Asia/Kathmandu')).toBe(5.75 * HOUR);
    expect(offsetAt(utc('2024-01-18T00:00:00Z'), 'Australia/Lord_Howe')).toBe(11 * HOUR);
    expect(offsetAt(utc('2024-07-18T00:00:00Z'), 'Australia/Lord_Howe')).toBe(10.5 * HOUR);
  });

  it('moves a time that never was past the gap', () => {
    expect(toEpoch(wall(2024, 3, 31, 2, 30), 'Europe/Berlin')).toBe(utc('2024-03-31T01:30:00Z'));
    expect(toEpoch(wall(2024, 3, 10, 2, 30), 'America/New_York')).toBe(utc('2024-03-10T07:30:00Z'));
  });

  it('takes the first of a time that comes twice', () => {
    expect(toEpoch(wall(2024, 10, 27, 2, 30), 'Europe/Berlin')).toBe(utc('2024-10-27T00:30:00Z'));
    expect(toEpoch(wall(2024, 11, 3, 1, 30), 'America/New_York')).toBe(utc('2024-11-03T05:30:00Z'));
  });

  it('rolls fields over', () => {
    expect(toEpoch(wall(2024, 5, 32, 25, 0), 'UTC')).toBe(utc('2024-06-02T01:00:00Z'));
  });

  it('there and back is the same minute, in every zone, clock changes included', () => {
    const ms = fc.integer({ min: utc('2020-01-01T00:00:00Z') / 60_000, max: utc('2037-01-01T00:00:00Z') / 60_000 });
    fc.assert(
      fc.property(ms, fc.constantFrom(...ZONES), (minutes, zone) => {
        const at = minutes * 60_000;
        const back = toEpoch(zonedParts(at, zone), zone);
        // The second of two equal wall times comes back as the first.
        expect([0, 0.5 * HOUR, HOUR]).toContain(at - back);
        expect(zonedParts(back, zone)).toEqual(zonedParts(at, zone));
      }),
    );
  });

  it('counts days without clocks', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
    expect(daysBetween('2024-03-30', '2024-04-01')).toBe(2);
    expect([weekdayOf('2024-05-19'), weekdayOf('1969-12-31')]).toEqual([0, 3]);
    expect(atDay('2024-05-19', 'Asia/Hong_Kong', 9, 30)).toBe(utc('2024-05-19T01:30:00Z'));
  });

  it('asks Intl once per quarter of an hour, however many cards there are', () => {
    const asked = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    for (let card = 0; card < 1000; card += 1) dayOf(utc('2024-05-18T00:00:00Z') + (card % 96) * 15 * 60_000, 'Europe/Dublin');
    expect(asked.mock.calls.length).toBe(96);
    asked.mockRestore();
  });
});
