import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, matches } from './fold.ts';

describe('folding', () => {
  it.each([
    ['ZK Corner', 'zk corner'],
    ['Café Über Ñandú', 'cafe uber nandu'],
    ['Görlitzer Straße', 'gorlitzer strasse'],
    ['STRAẞE', 'strasse'],
    ['Łódź, Århus, Øst, Đà Nẵng', 'lodz, arhus, ost, da nang'],
    ['İstanbul ısı', 'istanbul isi'],
    ['ＺＫ　１２', 'zk 12'],
    ['①㍿', '1株式会社'],
    ['ﾊﾟｰﾃｨｰ', 'パーティー'.normalize('NFKD')],
    ['零知識證明', '零知識證明'],
    ['零知识证明', '零知识证明'],
    ['​hidden​ width', 'hidden width'],
    ['שָׁלוֹם', 'שלום'],
    ['مُحَمَّد', 'محمد'],
    ['ที่นี่', 'ที่นี่'],
    ['हिन्दी', 'हिन्दी'],
  ])('%s becomes %s', (text, expected) => expect(fold(text)).toBe(expected));

  it('changes nothing the second time', () => {
    const same = (text: string): void => {
      expect(fold(fold(text))).toBe(fold(text));
    };
    fc.assert(fc.property(fc.string({ unit: 'binary' }), same));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), same));
  });
});

describe('searching', () => {
  const card = fold('天台派對 零知識證明之夜 ZK Night at Café Central #privacy');

  it.each(['', '  ', 'zk', 'CAFE', 'café night', '知識證', '派對 zk', 'ｚｋ', 'privacy central'])('finds "%s"', (query) => {
    expect(matches(card, query)).toBe(true);
  });

  it.each(['zkp', '派对', 'zk day', '對派'])('does not find "%s"', (query) => expect(matches(card, query)).toBe(false));
});
