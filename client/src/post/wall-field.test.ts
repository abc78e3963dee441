import { describe, expect, it } from 'vitest';
import { fromWallField, toWallField } from './wall-field.ts';

describe('a time in a form field', () => {
  it('C4: is venue time, whatever the phone thinks', () => {
    const evening = Date.UTC(2026, 4, 22, 11, 30);
    expect(toWallField(evening, 'Asia/Hong_Kong')).toBe('2026-05-22T19:30');
    expect(fromWallField('2026-05-22T19:30', 'Asia/Hong_Kong')).toBe(evening);
    expect(toWallField(evening, 'America/New_York')).toBe('2026-05-22T07:30');
  });

  it('is nothing while half filled', () => {
    expect(fromWallField('', 'Asia/Hong_Kong')).toBeUndefined();
    expect(fromWallField('2026-05-22', 'Asia/Hong_Kong')).toBeUndefined();
  });
});
