import fc from 'fast-check';
import { expect, it } from 'vitest';
import { join, merge, type Delta } from './merge.ts';

interface Thing {
  readonly id: string;
  readonly value: number;
}

const id = fc.constantFrom('a', 'b', 'c', 'd');
const thing = fc.record({ id, value: fc.integer({ min: 0, max: 9 }) });
const delta: fc.Arbitrary<Delta<Thing>> = fc
  .record({ put: fc.uniqueArray(thing, { selector: (one) => one.id }), gone: fc.uniqueArray(id), whole: fc.boolean() })
  .map(({ put, gone, whole }) => ({
    put,
    gone: gone.filter((each) => put.every((one) => one.id !== each)),
    ...(whole ? { whole } : {}),
  }));
const things = fc.uniqueArray(thing, { selector: (one) => one.id }).map((all) => new Map(all.map((one) => [one.id, one])));

it('C8: merging two changes one after the other is merging them joined', () => {
  fc.assert(
    fc.property(things, delta, delta, (state, first, second) => {
      expect(merge(state, join(first, second))).toEqual(merge(merge(state, first), second));
    }),
    { numRuns: 2000 },
  );
});

it('C8: leaves the map it was given alone', () => {
  const before = new Map([['a', { id: 'a', value: 1 }]]);
  merge(before, { put: [{ id: 'a', value: 2 }], gone: ['a'], whole: true });
  expect(before).toEqual(new Map([['a', { id: 'a', value: 1 }]]));
});

it('N6: what is whole replaces, never adds', () => {
  const before = new Map([['a', { id: 'a', value: 1 }]]);
  expect([...merge(before, { put: [{ id: 'b', value: 2 }], whole: true }).keys()]).toEqual(['b']);
});
