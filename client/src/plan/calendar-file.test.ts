import type { View } from '@huddle/shared/protocol.ts';
import { expect, it } from 'vitest';
import { liveFixture } from '../gathering/live-fixture.ts';
import { gatheringCalendar, planCalendar } from './calendar-file.ts';

const NOON = Date.parse('2026-03-10T04:00:00Z');
const BASE = 'https://huddle.example';
const board = { id: 'board/test', name: 'Harbour', zone: 'Asia/Hong_Kong', from: '2026-03-10', to: '2026-03-11' } as unknown as View;
const card = (key: string, start: number, more = {}): View => ({
  ...{ id: `card/${key}`, title: key, kind: 'talk', hosts: [], start, end: start + 3_600_000, ...more },
});
const rsvp = (key: string, status: 'going' | 'waitlisted' | 'declined', more = {}): View => ({
  ...{ id: `my-rsvp/${key}`, status, party: 1, rev: 1, ...more },
});
/** The values of a property, in order. */
const values = (text: string, name: string): string[] =>
  [...text.replaceAll('\r\n ', '').matchAll(new RegExp(`^${name}:(.*)\\r$`, 'gm'))].map(([, value = '']) => value);

it('a gathering has its details, and the place that only those going see (X5)', () => {
  const views: View[] = [
    board,
    card('secret', NOON, { placeFor: 'going' }),
    rsvp('secret', 'going', { place: '天台', address: '1 Pier Rd' }),
    { id: 'details/secret', description: 'Bring a pen', notices: [] },
  ];
  const text = gatheringCalendar(liveFixture(views, { now: NOON }), 'secret', BASE);
  expect(values(text, 'LOCATION')).toEqual(['天台\\, 1 Pier Rd']);
  expect(values(text, 'DESCRIPTION')).toEqual([`Bring a pen\\n\\n${BASE}/b/test/g/secret`]);
  expect(values(text, 'DTSTAMP')).toEqual(['20260310T040000Z']);
});

it('my plan has what I go to, wait for or host, in order, and says what may come to nothing', () => {
  const views: View[] = [
    board,
    card('later', NOON + 7_200_000),
    rsvp('later', 'waitlisted'),
    card('first', NOON),
    rsvp('first', 'going'),
    card('mine', NOON + 3_600_000, { cancelled: true }),
    { id: 'hosting/mine', title: 'mine', start: NOON, end: NOON, place: 'Bar', address: '' },
    card('taken off', NOON),
    rsvp('taken off', 'declined'),
  ];
  const text = planCalendar(liveFixture(views, { now: NOON }), BASE);
  expect(values(text, 'SUMMARY')).toEqual(['first', 'mine', 'later']);
  expect(values(text, 'STATUS')).toEqual(['CONFIRMED', 'CANCELLED', 'TENTATIVE']);
  expect(values(text, 'LOCATION')).toEqual(['Bar']);
});
