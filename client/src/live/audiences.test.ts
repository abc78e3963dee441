import fc from 'fast-check';
import { join } from '@huddle/shared/merge.ts';
import type { Change, View } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { createAudiences } from './audiences.ts';

const seats = (key: string, taken: number): View => ({ id: `seats/${key}`, taken });
const change = (audience: Change['audience'], put: View[], gone: string[] = []): Change => ({ audience, put, gone });
const whole = (audience: Change['audience'], put: View[]): Change => ({ audience, put, whole: true });

describe('one map of views per audience', () => {
  it('C8: a change is merged into its own audience alone', () => {
    const audiences = createAudiences();
    audiences.apply(whole('public', [seats('a', 1), seats('b', 1)]));
    audiences.apply(whole('gathering/a', [{ id: 'details/a', notices: [] }]));
    expect(audiences.apply(change('public', [seats('a', 2)], ['seats/b']))).toEqual(['seats/b', 'seats/a']);
    expect(audiences.of('public')).toEqual([seats('a', 2)]);
    expect(audiences.find('details/a')).toBeDefined();
    expect(audiences.all('seats')).toEqual([seats('a', 2)]);
  });

  it('N6: starting over replaces, and names what went away', () => {
    const audiences = createAudiences();
    audiences.apply(whole('public', [seats('a', 1), seats('old', 1)]));
    expect(audiences.apply(whole('public', [seats('a', 5), seats('new', 1)]))).toEqual(['seats/a', 'seats/old', 'seats/new']);
    expect(audiences.of('public')).toEqual([seats('a', 5), seats('new', 1)]);
  });

  it('takes nothing for an audience that is not held, or no longer', () => {
    const audiences = createAudiences();
    expect(audiences.apply(change('host/a', [seats('a', 1)]))).toEqual([]);
    audiences.apply(whole('host/a', [seats('a', 1)]));
    expect(audiences.drop('host/a')).toEqual(['seats/a']);
    expect(audiences.apply(change('host/a', [seats('a', 2)]))).toEqual([]);
    expect([audiences.holds('host/a'), audiences.find('seats/a')]).toEqual([false, undefined]);
  });

  it('C8: changes one by one and joined into one end the same', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const some = fc.record({ put: fc.array(fc.tuple(key, fc.nat(9)), { maxLength: 4 }), gone: fc.array(key, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), (steps) => {
        const changes = steps.map(({ put, gone }) =>
          change(
            'public',
            [...new Map(put)].map(([k, n]) => seats(k, n)),
            gone.map((k) => `seats/${k}`),
          ),
        );
        const [one, joined] = [createAudiences(), createAudiences()];
        one.apply(whole('public', []));
        joined.apply(whole('public', []));
        for (const step of changes) one.apply(step);
        joined.apply({ audience: 'public', ...changes.reduce<{ put: readonly View[] }>(join, { put: [] }) });
        const sorted = (views: readonly View[]) => [...views].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(one.of('public'))).toEqual(sorted(joined.of('public')));
      }),
    );
  });
});
