import { describe, expect, it } from 'vitest';
import type { CardView } from '@huddle/shared/gathering.ts';
import type { CommandInput, View } from '@huddle/shared/protocol.ts';
import type { MyRsvpView } from '@huddle/shared/rsvp.ts';
import { liveFixture } from '../gathering/live-fixture.ts';
import type { Pending } from '../live/api.ts';
import { seatState } from './seat-state.ts';

const card = (parts: Partial<CardView> = {}): View => ({
  id: 'card/g',
  title: 'G',
  kind: 'corner',
  start: 0,
  end: 100,
  hosts: [],
  ...parts,
});
const taken = (taken: number): View => ({ id: 'seats/g', taken });
const rsvp = (parts: Partial<MyRsvpView>): View => ({ id: 'my-rsvp/g', status: 'going', party: 1, rev: 4, ...parts });
const me = (readTo = 0): View => ({ id: 'me/p', name: 'Bo', readTo });
const state = (views: View[], pending: Pending[] = [], now = 50) => seatState(liveFixture(views, { person: 'p', pending, now }), 'g');
const pending = (command: CommandInput, answered = false): Pending => ({
  id: 'c1',
  command,
  state: answered ? { kind: 'done', rev: 9 } : { kind: 'waiting' },
  at: 0,
});

describe('the seat button', () => {
  it('offers a seat, and says how many are left', () => {
    expect(state([card()])).toEqual({ kind: 'free', most: 1 });
    expect(state([card({ capacity: 8, partyMax: 3 }), taken(5)])).toEqual({ kind: 'free', left: 3, most: 3 });
  });

  it('offers the waitlist when full, or when the host closed the door', () => {
    expect(state([card({ capacity: 8 }), taken(8)])).toEqual({ kind: 'full', closed: false, most: 1 });
    expect(state([card({ capacity: 8 }), taken(10)])).toMatchObject({ kind: 'full' });
    expect(state([card({ closed: true })])).toMatchObject({ kind: 'full', closed: true });
  });

  it('never asks for a larger party than there are seats at all', () => {
    expect(state([card({ capacity: 2, partyMax: 5 })])).toMatchObject({ most: 2 });
  });

  it('B3: lets a party that goes grow into free seats only', () => {
    const going = rsvp({ party: 2 });
    expect(state([card({ capacity: 8, partyMax: 5 }), taken(7), going])).toMatchObject({ kind: 'going', party: 2, most: 3 });
    expect(state([card({ capacity: 8, partyMax: 5, closed: true }), taken(2), going])).toMatchObject({ most: 2 });
    expect(state([card({ partyMax: 5 }), going])).toMatchObject({ most: 5 });
  });

  it('C1: says "asking" until the views have caught up, and can be withdrawn until answered', () => {
    const take: CommandInput = { type: 'takeSeat', gathering: 'g', party: 2 };
    expect(state([card()], [pending(take)])).toEqual({ kind: 'asking', id: 'c1', party: 2, withdrawable: true });
    expect(state([card()], [pending(take, true)])).toMatchObject({ kind: 'asking', withdrawable: false });
    expect(state([card()], [pending({ ...take, gathering: 'other' })])).toMatchObject({ kind: 'free' });
  });

  it('C1: shows giving back as asked for, not as done', () => {
    expect(state([card(), rsvp({ party: 3 })], [pending({ type: 'giveBackSeat', gathering: 'g' })])).toMatchObject({
      kind: 'givingBack',
      party: 3,
    });
  });

  it('B4: shows my place on the waitlist, and that a smaller party went first', () => {
    expect(state([card(), rsvp({ status: 'waitlisted', position: 2, passedOver: true })])).toMatchObject({
      kind: 'waitlisted',
      position: 2,
      passedOver: true,
    });
  });

  it('B4: celebrates a promotion until it has been read', () => {
    expect(state([card(), rsvp({ promotedAt: 40 }), me(3)])).toMatchObject({ kind: 'going', promoted: true });
    expect(state([card(), rsvp({ promotedAt: 40 }), me(4)])).toMatchObject({ kind: 'going', promoted: false });
  });

  it('says why nothing can be asked for', () => {
    expect(state([card()], [], 100)).toEqual({ kind: 'shut', why: 'over', was: false });
    expect(state([card({ cancelled: true }), rsvp({})])).toEqual({ kind: 'shut', why: 'cancelled', was: true });
    expect(state([rsvp({ hiddenTitle: 'G' })])).toMatchObject({ kind: 'shut', why: 'hidden' });
    expect(state([])).toMatchObject({ kind: 'shut', why: 'unknown' });
    expect(state([card(), rsvp({ status: 'declined' })])).toEqual({ kind: 'removed' });
    expect(state([card(), { id: 'me/p', name: 'Bo', readTo: 0, banned: true }])).toMatchObject({ why: 'banned' });
  });
});
