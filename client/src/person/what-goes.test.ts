import type { View } from '@huddle/shared/protocol.ts';
import { expect, it } from 'vitest';
import { liveFixture } from '../gathering/live-fixture.ts';
import { whatGoes } from './what-goes.ts';

const card = (key: string, hosts: readonly string[], more: object = {}): View => ({
  ...{ id: `card/${key}` as const, title: key, kind: 'corner' as const, start: 10, end: 20, hosts },
  ...more,
});
const hosting = (key: string): View => ({ id: `hosting/${key}`, title: key, start: 10, end: 20, place: '', address: '' });
const seat = (key: string, status: 'going' | 'declined' = 'going'): View => ({ id: `my-rsvp/${key}`, status, party: 1, rev: 1 });

it('says which seats are given up, what is called off, and what goes on without me', () => {
  const cards = [
    card('mine', ['Ada']),
    card('ours', ['Ada', 'Ben']),
    card('past', ['Ada'], { end: 5 }),
    card('off', ['Ada'], { cancelled: true }),
  ];
  const mine = [hosting('mine'), hosting('ours'), hosting('past'), hosting('off'), seat('ours'), seat('past'), seat('mine', 'declined')];
  expect(whatGoes(liveFixture([...cards, ...mine], { now: 7 }))).toEqual({ seats: 1, calledOff: ['mine'], goOn: ['ours'] });
});
