import { describe, expect, it } from 'vitest';
import { directionOf, languageFor, prefersSecond, type Language } from './language.ts';

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

describe('of a text in two languages', () => {
  it.each<[Language, string, Language, boolean]>([
    ['en', '喝茶', 'en', true],
    ['zh-Hant', 'Tea', 'zh-Hant', true],
    ['zh-Hans', 'Tea', 'zh-Hant', true],
    ['zh-Hans', '喝茶', 'zh-Hant', false],
    ['zh-Hant', 'お茶', 'zh-Hans', true],
    ['ja', 'Tea', 'zh-Hant', false],
    ['es', 'Tea', 'en', false],
  ])('a reader of %s is shown %s, or its second in %s: %s', (reader, original, second, prefers) => {
    expect(prefersSecond(reader, original, second)).toBe(prefers);
  });
});
