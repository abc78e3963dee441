import { describe, expect, it } from 'vitest';
import { ownTimeRange, shortRange, timeRange } from './times.ts';

const HOUR = 3_600_000;
const start = Date.UTC(2026, 4, 22, 11, 30);
const end = start + 2 * 3_600_000;

describe('times of a gathering', () => {
  it('C4: are venue time, and say the day once', () => {
    expect(timeRange(start, end, 'Asia/Hong_Kong', 'en')).toMatch(/^Fri.*22.*19:30.+21:30$/);
    expect(timeRange(start, end, 'Asia/Hong_Kong', 'en').match(/22/g)).toHaveLength(1);
  });

  it('say both days when midnight lies between', () => {
    expect(timeRange(start, start + 6 * 3_600_000, 'Asia/Hong_Kong', 'en')).toMatch(/22.+19:30.+23.+01:30/);
  });

  it('C4: add the phone’s own time only where it differs', () => {
    expect(ownTimeRange(start, end, 'Asia/Hong_Kong', 'en', 8 * HOUR)).toBeUndefined();
    expect(ownTimeRange(start, end, 'Asia/Hong_Kong', 'en', 2 * HOUR)).toBe('13:30 – 15:30');
    expect(ownTimeRange(start, end, 'Asia/Hong_Kong', 'en', -12 * HOUR)).toMatch(/21.+23:30.+22.+01:30/);
  });

  it('leave out the day where it is today', () => {
    expect(shortRange(start, end, start, 'Asia/Hong_Kong', 'en')).toMatch(/^19:30\D+21:30$/);
    expect(shortRange(start, end, start - 24 * 3_600_000, 'Asia/Hong_Kong', 'en')).toMatch(/22/);
  });

  it('between clocks alone say from which side they are read', () => {
    expect(shortRange(start, end, start, 'Asia/Hong_Kong', 'ar-u-nu-latn')).toMatch(/^\u200f19:30\D+21:30$/);
  });
});
