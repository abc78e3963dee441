import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from './time.ts';
import { ago, section, when } from './wording.ts';

const ZONE = 'Asia/Hong_Kong';
const at = (text: string): number => Date.parse(`${text}+08:00`);
const span = (start: string, hours = 1) => ({ start: at(start), end: at(start) + hours * HOUR });
const now = at('2024-05-20T18:30:00');

describe('the sections of a board', () => {
  it.each([
    ['ended a while ago', span('2024-05-20T16:00:00'), { kind: 'over' }],
    ['ends this very moment', span('2024-05-20T17:30:00'), { kind: 'over' }],
    ['starts this very moment', span('2024-05-20T18:30:00'), { kind: 'now' }],
    ['is on', span('2024-05-20T18:00:00'), { kind: 'now' }],
    ['starts in ten minutes', span('2024-05-20T18:40:00'), { kind: 'soon' }],
    ['starts in exactly an hour', span('2024-05-20T19:30:00'), { kind: 'soon' }],
    ['starts in 61 minutes', span('2024-05-20T19:31:00'), { kind: 'today' }],
    ['starts after midnight', span('2024-05-21T00:30:00'), { kind: 'day', day: '2024-05-21' }],
  ])('one that %s', (_, gathering, expected) => expect(section(gathering, now, ZONE)).toEqual(expected));

  it('keeps one that crosses midnight in "now"', () => {
    expect(section(span('2024-05-20T22:00:00', 5), at('2024-05-21T01:00:00'), ZONE)).toEqual({ kind: 'now' });
  });

  it('C4: cuts days at midnight of the venue', () => {
    expect(section(span('2024-05-21T06:00:00'), now, 'Europe/Berlin')).toEqual({ kind: 'day', day: '2024-05-21' });
    expect(section(span('2024-05-21T05:00:00'), now, 'Europe/Berlin')).toEqual({ kind: 'today' });
  });
});

describe('time in words', () => {
  it.each([
    [span('2024-05-20T18:40:00'), { kind: 'in', minutes: 10 }],
    [
      { start: now + 1, end: now + HOUR },
      { kind: 'in', minutes: 1 },
    ],
    [span('2024-05-20T18:00:00', 1.5), { kind: 'until', at: at('2024-05-20T19:30:00') }],
    [span('2024-05-20T21:00:00'), { kind: 'today', at: at('2024-05-20T21:00:00') }],
    [span('2024-05-21T21:00:00'), { kind: 'tomorrow', at: at('2024-05-21T21:00:00') }],
    [span('2024-05-22T21:00:00'), { kind: 'day', at: at('2024-05-22T21:00:00') }],
    [span('2024-05-20T12:00:00'), { kind: 'over', at: at('2024-05-20T13:00:00'), today: true }],
    [span('2024-05-19T12:00:00'), { kind: 'over', at: at('2024-05-19T13:00:00'), today: false }],
  ])('%o is %o', (gathering, expected) => expect(when(gathering, now, ZONE)).toEqual(expected));

  it('says how long ago', () => {
    expect(ago(now + HOUR, now)).toEqual({ value: -0, unit: 'minute' });
    expect(ago(now - 59 * MINUTE, now)).toEqual({ value: -59, unit: 'minute' });
    expect(ago(now - 23 * HOUR, now)).toEqual({ value: -23, unit: 'hour' });
    expect(ago(now - 49 * HOUR, now)).toEqual({ value: -2, unit: 'day' });
  });
});
