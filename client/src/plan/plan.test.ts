import { describe, expect, it } from 'vitest';
import type { CardView } from '@huddle/shared/gathering.ts';
import type { View } from '@huddle/shared/protocol.ts';
import { HOUR, MINUTE } from '@huddle/shared/time.ts';
import { liveFixture } from '../gathering/live-fixture.ts';
import { planDays } from './plan.ts';

const NOON = Date.parse('2026-03-10T04:00:00Z');
const ZONE = 'Asia/Hong_Kong';

/** A gathering that I go to, so many minutes from noon. */
const goingTo = (key: string, from: number, to: number, place: string, more: Partial<CardView> = {}): View[] => [
  { id: `card/${key}`, title: key, kind: 'talk', hosts: [], start: NOON + from * MINUTE, end: NOON + to * MINUTE, place, ...more },
  { id: `my-rsvp/${key}`, status: 'going', party: 1, rev: 1 },
];

const planOf = (views: readonly View[], now = NOON) => planDays(liveFixture(views), now, ZONE);
const titles = (views: readonly View[], now = NOON): string[][] => planOf(views, now).map(({ items }) => items.map(({ key }) => key));

describe('my plan', () => {
  it('is in order, by day of the venue, without what is over', () => {
    const views = [...goingTo('late', 120, 180, 'Bar'), ...goingTo('gone', -120, -60, 'Bar'), ...goingTo('night', 13 * 60, 14 * 60, 'Bar')];
    expect(titles([...views, ...goingTo('first', 30, 60, 'Roof')])).toEqual([['first', 'late'], ['night']]);
  });

  it('says where to stay, how long there is to get somewhere else, and nothing of places that nobody named', () => {
    const views = [
      ...goingTo('a', 0, 60, 'Bar'),
      ...goingTo('b', 60, 90, 'Bar'),
      ...goingTo('c', 100, 120, 'Roof'),
      ...goingTo('d', 130, 140, ''),
    ];
    expect(planOf(views)[0]?.items.map(({ way }) => way)).toEqual([
      undefined,
      { kind: 'stay', place: 'Bar' },
      { kind: 'walk', place: 'Roof', minutes: 10 },
      undefined,
    ]);
  });

  it('of what starts together, puts first what is where I am, and marks what overlaps', () => {
    const views = [...goingTo('a', 0, 60, 'Roof'), ...goingTo('b', 60, 120, 'Bar'), ...goingTo('c', 60, 120, 'Roof')];
    const [day] = planOf(views);
    expect(day?.items.map(({ key, overlaps }) => [key, overlaps.map(({ title }) => title)])).toEqual([
      ['a', []],
      ['c', ['b']],
      ['b', ['c']],
    ]);
    expect(day?.items[2]?.way).toEqual({ kind: 'walk', place: 'Bar' });
  });

  it('what was cancelled is in it, and overlaps with nothing', () => {
    const views = [...goingTo('a', 0, 60, 'Bar', { cancelled: true }), ...goingTo('b', 0, 60, 'Roof')];
    expect(planOf(views)[0]?.items.map(({ overlaps }) => overlaps)).toEqual([[], []]);
  });

  it('X5: shows the place that I am shown, and what I host', () => {
    const card: CardView = { id: 'card/h', title: 'h', kind: 'demo', hosts: [], start: NOON, end: NOON + HOUR, placeFor: 'going' };
    const views: View[] = [card, { id: 'hosting/h', title: 'h', start: card.start, end: card.end, place: 'Vault', address: '' }];
    expect(planOf(views)[0]?.items).toMatchObject([{ key: 'h', status: 'hosting', place: 'Vault' }]);
  });
});
