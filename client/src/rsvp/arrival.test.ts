import { describe, expect, it } from 'vitest';
import type { CardView } from '@huddle/shared/gathering.ts';
import type { MyRsvpView } from '@huddle/shared/rsvp.ts';
import { MINUTE } from '@huddle/shared/time.ts';
import { asksArrival, releaseTime } from './arrival.ts';

const START = 1_000 * MINUTE;
const card: CardView = {
  ...{ id: 'card/g', title: 'G', kind: 'demo', hosts: [] },
  ...{ start: START, end: START + 60 * MINUTE, capacity: 4, releaseAfter: 10 },
};
const mine: MyRsvpView = { id: 'my-rsvp/g', status: 'going', party: 1, rev: 1 };

describe('near the start', () => {
  it('who has a seat is asked from an hour before until the end, where the host chose so', () => {
    expect(asksArrival(card, mine, START - 61 * MINUTE)).toBe(false);
    expect(asksArrival(card, mine, START - 60 * MINUTE)).toBe(true);
    expect(asksArrival(card, mine, START + 60 * MINUTE)).toBe(false);
    expect(asksArrival(card, { ...mine, status: 'waitlisted' }, START)).toBe(false);
    expect(asksArrival({ ...card, cancelled: true }, mine, START)).toBe(false);
    const { releaseAfter: _, ...without } = card;
    expect(asksArrival(without, mine, START)).toBe(false);
  });

  it('a seat that came late is given on later', () => {
    expect(releaseTime(card, mine)).toBe(START + 10 * MINUTE);
    expect(releaseTime(card, { ...mine, promotedAt: START + 5 * MINUTE })).toBe(START + 15 * MINUTE);
  });
});
