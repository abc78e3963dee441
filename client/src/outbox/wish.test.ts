import type { View } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { liveFixture } from '../gathering/live-fixture.ts';
import { pages } from '../text/en-pages.ts';
import { catalogue } from '../text/en.ts';
import { aboutOf, isWorthAgain, outcomeText, wishWords } from './wish.ts';

const t = { ...catalogue, ...pages };
const seat = { type: 'takeSeat', gathering: 'tea', party: 2 } as const;
const mine = (more: object): View => ({ id: 'my-rsvp/tea', rev: 9, party: 2, ...more }) as unknown as View;

describe('C2: each thing that waited ends visibly', () => {
  it('a seat ends with the place on the waitlist that is true now, not when it was asked for', () => {
    const answered = { ok: true, rev: 5, result: { status: 'waitlisted', position: 3 } } as const;
    expect(outcomeText(liveFixture([]), seat, answered, t)).toBe('You are no. 3 on the waitlist');
    const later = liveFixture([mine({ status: 'waitlisted', position: 1 })]);
    expect(outcomeText(later, seat, answered, t)).toBe('You are no. 1 on the waitlist');
    expect(outcomeText(liveFixture([mine({ status: 'going' })]), seat, answered, t)).toBe('You are going');
  });

  it('a refusal says why, and only what may fare better can be tried again as it is', () => {
    expect(outcomeText(liveFixture([]), seat, { ok: false, code: 'cancelled' }, t)).toBe('It has been cancelled.');
    expect(isWorthAgain({ ok: false, code: 'expired' })).toBe(true);
    for (const code of ['cancelled', 'over', 'declined', 'withdrawn'] as const) expect(isWorthAgain({ ok: false, code })).toBe(false);
    expect(isWorthAgain({ ok: true, rev: 1 })).toBe(false);
  });
});

describe('what waits, in words', () => {
  const says = { t, zone: 'Asia/Hong_Kong', language: 'en' };

  it('is called by the button that made it, with what was written', () => {
    expect(wishWords({ type: 'moveGathering', gathering: 'tea', place: 'Rooftop' }, says)).toEqual({ what: 'Move', line: 'Rooftop' });
    expect(wishWords({ type: 'sendNotice', gathering: 'tea', to: 'going', text: 'Late' }, says)).toEqual({
      what: 'Tell guests',
      line: 'Late',
    });
    expect(wishWords(seat, says)).toEqual({ what: 'Take 2 seats' });
    expect(wishWords({ type: 'editBoard', name: 'Fair' }, says)).toEqual({ what: 'Organise' });
  });

  it('names the gathering also while that waits itself', () => {
    const post = { type: 'postGathering', gathering: 'tea', title: 'Tea', kind: 'corner', place: '', start: 0, end: 1 } as const;
    const live = liveFixture([], { pending: [{ id: 'a', command: post, at: 0, state: { kind: 'waiting' } }] });
    expect(aboutOf(live, seat)).toEqual({ gathering: 'tea', title: 'Tea' });
    expect(aboutOf(live, { type: 'setName', name: 'Bo' })).toBeUndefined();
  });
});
