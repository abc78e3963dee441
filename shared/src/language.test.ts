import { describe, expect, it } from 'vitest';
import { directionOf, languageFor } from './language.ts';

describe('the language of a phone', () => {
  it.each([
    [['zh-TW'], 'zh-Hant'],
    [['zh-HK', 'en'], 'zh-Hant'],
    [['zh-Hant-MO'], 'zh-Hant'],
    [['zh-mo'], 'zh-Hant'],
    [['zh-CN'], 'zh-Hans'],
    [['zh'], 'zh-Hans'],
    [['zh-Hans-HK'], 'zh-Hans'],
    [['fr-FR', 'zh-TW'], 'zh-Hant'],
    [['en-GB', 'zh'], 'en'],
    [['ja-JP'], 'ja'],
    [['ko'], 'ko'],
    [['es-MX', 'en'], 'es'],
    [['ar-EG'], 'ar'],
    [['AR'], 'ar'],
    [['arc', 'es'], 'es'],
    [['de'], 'en'],
    [[], 'en'],
  ])('%j reads %s', (wanted, language) => {
    expect(languageFor(wanted)).toBe(language);
  });

  it('is written from right to left in Arabic', () => {
    expect([directionOf('ar'), directionOf('he-IL'), directionOf('zh-Hant')]).toEqual(['rtl', 'rtl', 'ltr']);
  });
});
