import { expect, test } from 'vitest';
import { type Column, sumOf, unpack } from './embedded-format.ts';
import { Damage } from './embedded-trouble.ts';

const BOARD = 'week';
interface Row {
  readonly name: string;
  readonly value: string;
  readonly sum?: number | string;
}
const bytes = (texts: readonly unknown[], separator: string): Buffer => Buffer.from(texts.join(separator));
/** Rows as `packed` columns bring them. */
const columns = (...rows: readonly Row[]): Column[] => [
  rows.length,
  bytes(
    rows.map(({ name, value, sum = sumOf([BOARD, name], Buffer.from(value)) }) => sum),
    ',',
  ),
  bytes(
    rows.map(({ name }) => Buffer.byteLength(name)),
    ',',
  ),
  bytes(
    rows.map(({ value }) => Buffer.byteLength(value)),
    ',',
  ),
  bytes(
    rows.map(({ name }) => name),
    '',
  ),
  bytes(
    rows.map(({ value }) => value),
    ',',
  ),
];
const read = (row: readonly Column[]): string => unpack([BOARD], row);
const changed = (row: readonly Column[], at: number, column: Column): Column[] => row.map((each, index) => (index === at ? column : each));

const PAIR = columns({ name: 'a', value: '{}' }, { name: 'b', value: '[]' });
const NAMES = 4;
const VALUES = 5;

test('S5: rows that come in few columns are taken apart by their lengths, whatever is written in them', () => {
  const values = ['{"title":"茶, 7,3 "}', '{"title":"1,2,3"}', '{}'];
  expect(read(columns(...values.map((value, index) => ({ name: `記,${String(index)}`, value }))))).toBe(`[${values.join(',')}]`);
  expect([unpack([BOARD]), unpack([BOARD], [0, null, null, null, null, null])]).toEqual(['[]', '[]']);
});

test.each([
  ['a row that left nothing behind', changed(PAIR, 0, 3)],
  ['a row more than there are', changed(PAIR, 0, 1)],
  ['a value of another name', columns({ name: 'b', value: '{}', sum: sumOf([BOARD, 'a'], Buffer.from('{}')) })],
  ['a value that was changed', changed(PAIR, VALUES, Buffer.from('{},{}'))],
  ['a name that was changed', changed(PAIR, NAMES, Buffer.from('ac'))],
  ['an end that is missing', changed(PAIR, VALUES, Buffer.from('{},['))],
  ['an end that is too long', changed(PAIR, VALUES, Buffer.from('{},[] '))],
  ['a name that is too long', changed(PAIR, NAMES, Buffer.from('abc'))],
  ['a checksum that is no number', columns({ name: 'a', value: '{}', sum: 'x' })],
  ['no bytes at all', changed(PAIR, VALUES, null)],
])('S5: %s is damage', (_, row) => {
  expect(() => read(row)).toThrow(Damage);
});
