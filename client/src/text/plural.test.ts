import { describe, expect, it } from 'vitest';
import { catalogue as ar } from './ar.ts';
import { catalogue as en } from './en.ts';
import { catalogue as es } from './es.ts';
import { isolated, pluralIn } from '@huddle/shared/plural.ts';

describe('words that depend on a number', () => {
  it('take the six forms of Arabic, with Western digits', () => {
    expect([0, 1, 2, 3, 11, 100, 1234].map(ar.card.seatsLeft)).toEqual([
      'لا مقاعد باقية',
      'بقي مقعد واحد',
      'بقي مقعدان',
      'بقيت 3 مقاعد',
      'بقي 11 مقعدًا',
      'بقي 100 مقعد',
      'بقي 1,234 مقعدًا',
    ]);
  });

  it('take one form for one and another for the rest where a language has two', () => {
    expect([en.card.seatsLeft(1), en.card.seatsLeft(2)]).toEqual(['1 seat left', '2 seats left']);
    expect([es.card.seatsLeft(1), es.card.seatsLeft(0), es.card.seatsLeft(1_000_000)]).toEqual([
      'queda 1 plaza',
      'quedan 0 plazas',
      'quedan 1.000.000 plazas',
    ]);
  });

  it('fall back to `other` for a form that is not given', () => {
    expect(pluralIn('ar')(2, { other: '# ×' })).toBe('2 ×');
  });
});

it('a name in a sentence from right to left keeps its own direction', () => {
  expect(ar.card.by('Ada (zk)')).toBe(`المضيف: ${isolated('Ada (zk)')}`);
});
