import { expect, test } from 'vitest';
import { jsonArray, sumOf, unpack } from './embedded-format.ts';
import { Damage } from './embedded-trouble.ts';

const BOARD = 'week';
/** One row as `packed` columns bring it. */
const row = (name: string, value: string, sum = sumOf([BOARD, name], Buffer.from(value))): string =>
  `${String(sum)} ${String(Buffer.byteLength(name))} ${String(Buffer.byteLength(value))} ${name}${value}`;
const rows = (count: number, ...texts: string[]): Buffer[] => unpack([BOARD], [count, Buffer.from(texts.join(''))]);

test('S5: rows that come in one column are taken apart by their lengths, whatever is written in them', () => {
  const values = ['{"title":"茶 7 3 "}', '{"title":"1 2 3"}', '{}'];
  expect(rows(3, ...values.map((value, index) => row(`記/${String(index)}`, value))).map(String)).toEqual(values);
  expect(unpack([BOARD], [0, null])).toEqual([]);
});

test.each([
  ['a row that left nothing behind', () => rows(2, row('a', '{}'))],
  ['a row more than there are', () => rows(1, row('a', '{}'), row('b', '{}'))],
  ['a value of another name', () => rows(1, row('b', '{}', sumOf([BOARD, 'a'], Buffer.from('{}'))))],
  ['a value that was changed', () => rows(1, row('a', '{}').replace('{}', '[]'))],
  ['an end that is missing', () => rows(1, row('a', '{}').slice(0, -1))],
  ['no bytes at all', () => unpack([BOARD], [1, null])],
])('S5: %s is damage', (_, read) => {
  expect(read).toThrow(Damage);
});

test('values are one JSON array, also when there are none', () => {
  expect([jsonArray([]), jsonArray([Buffer.from('1')]), jsonArray(['{"a":"é"}', '2'].map((text) => Buffer.from(text)))]).toEqual([
    '[]',
    '[1]',
    '[{"a":"é"},2]',
  ]);
});
