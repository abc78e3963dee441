import { intlOf, LANGUAGES } from '@huddle/shared/language.ts';
import { describe, expect, it } from 'vitest';
import { clockText, dayText, keepTexts, languageName, takeTexts } from './format.ts';

const HOUR = 3_600_000;

describe('texts of times', () => {
  it('C4: a clock says what Intl would, in every language', () => {
    for (const language of LANGUAGES) {
      const format = new Intl.DateTimeFormat(intlOf(language), {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: 'Asia/Kathmandu',
      });
      for (let at = 0; at < 24 * HOUR; at += HOUR) expect(clockText(at, 'Asia/Kathmandu'), language).toBe(format.format(at));
    }
  });

  it('P10: what the page brought along is said as it is; the rest is looked up', () => {
    takeTexts();
    dayText('2026-05-22', 'en');
    const noted = takeTexts();
    expect(Object.values(noted)).toEqual(['Friday, May 22']);
    keepTexts(Object.fromEntries(Object.keys(noted).map((key) => [key, 'The Day'])));
    expect([dayText('2026-05-22', 'en'), dayText('2026-05-23', 'en')]).toEqual(['The Day', 'Saturday, May 23']);
  });

  it('a language is called by its name, or as it was given', () => {
    expect([languageName('de', 'en'), languageName('Klingon?', 'en')]).toEqual(['German', 'Klingon?']);
  });
});
