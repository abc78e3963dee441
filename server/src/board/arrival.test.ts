/** What happens near the start: reminders, "on my way", silent seats given on. */
import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.ts';
import { due } from './due.ts';
import { guestListView, myRsvpView } from './rsvp.ts';
import { cardView, newGathering } from './gathering.ts';
import type { Actor } from './rule.ts';
import { MINUTE, NOON, type Scene, aBoard, key, person, post, refusalOf, resultOf } from './scene.ts';

const [ann, ben, cat, host] = [person('ann'), person('ben'), person('cat'), person('hugo')];
const SYSTEM: Actor = { kind: 'system' };
const tea = key('tea');
const START = NOON + 120 * MINUTE;
const takeSeat = { type: 'takeSeat', gathering: tea } as const;
const onMyWay = { type: 'sayArrival', gathering: tea, arrival: 'onTheWay' } as const;

/** A tea party two hours from noon, whose silent seats go on ten minutes after its start. */
const scene = (more: Parameters<typeof post>[1] = {}): Scene =>
  aBoard()
    .people('ann', 'ben', 'cat', 'hugo')
    .given(host, post('tea', { capacity: 1, releaseAfter: 10, start: START, end: START + 60 * MINUTE, ...more }))
    .given(ann, takeSeat)
    .given(ben, takeSeat);

/** Does what is due at that time, and says what it was. */
const at = (given: Scene, time: number): string[] => {
  given.now = time;
  return due(given.board, time).map(({ id, command }) => {
    expect(refusalOf(given.does(SYSTEM, command, id))).toBeUndefined();
    return command.type;
  });
};

const toldTo = (given: Scene, who: { id: string }): readonly string[] =>
  (myRsvpView(given.board, tea, who.id)?.notices ?? []).map(({ kind }) => kind);

describe('B8: reminders', () => {
  it('tell those going, and them alone, fifteen minutes before the start, once', () => {
    const given = scene();
    expect(at(given, START - 16 * MINUTE)).toEqual([]);
    expect(at(given, START - 15 * MINUTE)).toEqual(['remindGuests']);
    expect(at(given, START - 14 * MINUTE)).toEqual([]);
    expect(toldTo(given, ann)).toEqual(['soon']);
    expect(toldTo(given, ben)).toEqual([]);
    expect(cardView(given.board, tea)?.notice).toBeUndefined();
  });

  it('are decided once, whichever node asks', () => {
    const given = scene();
    given.now = START - 15 * MINUTE;
    const [first] = due(given.board, given.now);
    expect(first).toEqual({
      id: `remindGuests.${tea}.${START.toString(36)}`,
      command: { type: 'remindGuests', gathering: tea, start: START },
    });
  });

  it('come again for a new start, and not once it has begun, or was cancelled', () => {
    const given = scene();
    at(given, START - 15 * MINUTE);
    given.given(host, { type: 'postponeGathering', gathering: tea, start: START + 60 * MINUTE, end: START + 90 * MINUTE });
    expect(at(given, START)).toEqual([]);
    expect(at(given, START + 50 * MINUTE)).toEqual(['remindGuests']);

    expect(at(scene(), START + MINUTE)).toEqual([]);
    const off = scene().given(host, { type: 'cancelGathering', gathering: tea });
    expect(at(off, START - 10 * MINUTE)).toEqual([]);
  });

  it('are not for who took a seat when it was about to begin', () => {
    const given = aBoard()
      .people('ann', 'hugo')
      .given(host, post('tea', { start: START, end: START + 60 * MINUTE }));
    given.now = START - 10 * MINUTE;
    given.given(ann, takeSeat);
    expect(at(given, START - 9 * MINUTE)).toEqual([]);
  });
});

describe('B3, B8: silent seats', () => {
  it('go to the waitlist in the same commit, at the time of the host’s rule', () => {
    const given = scene();
    at(given, START - 15 * MINUTE);
    expect(at(given, START + 9 * MINUTE)).toEqual([]);
    expect(at(given, START + 10 * MINUTE)).toEqual(['releaseSeats']);
    expect(given.seats('tea')).toEqual({ going: { ben: 1 }, waiting: [] });
    expect(myRsvpView(given.board, tea, ann.id)?.status).toBe('released');
  });

  it('stay with who said that they come, or whom a host saw', () => {
    const given = scene({ capacity: 2 });
    given.now = START - 30 * MINUTE;
    given.given(ann, onMyWay).given(host, { type: 'markHere', gathering: tea, person: ben.id, here: true });
    expect(at(given, START + 30 * MINUTE)).toEqual([]);
    const arrivals = guestListView(given.board, tea).guests.map(({ arrival }) => arrival);
    expect(arrivals).toEqual(['onTheWay', 'here']);
  });

  it('whoever was promoted to one has as long to speak, from then on', () => {
    const given = scene();
    at(given, START + 10 * MINUTE);
    expect(at(given, START + 19 * MINUTE)).toEqual([]);
    expect(at(given, START + 20 * MINUTE)).toEqual(['releaseSeats']);
    expect(given.seats('tea')).toEqual({ going: {}, waiting: [] });
  });

  it('stay where the host has no such rule, where seats are without limit, and behind a closed door', () => {
    expect(at(scene({ releaseAfter: 0 }), START + 30 * MINUTE)).toEqual([]);
    expect(at(scene({ capacity: null }), START + 30 * MINUTE)).toEqual([]);
    const shut = scene().given(host, { type: 'closeDoor', gathering: tea, closed: true });
    expect(at(shut, START + 30 * MINUTE)).toEqual([]);
    shut.given(host, { type: 'closeDoor', gathering: tea, closed: false });
    expect(at(shut, START + 31 * MINUTE)).toEqual(['releaseSeats']);
  });

  it('what was said of an earlier start does not count for a much later one', () => {
    const given = scene();
    given.now = START - 30 * MINUTE;
    given.given(ann, onMyWay);
    given.given(host, { type: 'postponeGathering', gathering: tea, start: START + 120 * MINUTE, end: START + 180 * MINUTE });
    expect(myRsvpView(given.board, tea, ann.id)?.arrival).toBeUndefined();
    expect(at(given, START + 130 * MINUTE)).toEqual(['releaseSeats']);
  });

  it('who lost one may ask again, and who takes one near the start comes', () => {
    const given = scene();
    at(given, START + 10 * MINUTE);
    expect(resultOf(given.does(ann, takeSeat))).toEqual({ status: 'waitlisted', position: 1 });
    given.given(ben, { type: 'giveBackSeat', gathering: tea }).given(ann, { type: 'giveBackSeat', gathering: tea });
    given.given(cat, takeSeat);
    expect(myRsvpView(given.board, tea, cat.id)?.arrival).toBe('onTheWay');
    expect(at(given, START + 40 * MINUTE)).toEqual([]);
  });

  it('nobody says so without a seat, long before, or after the end', () => {
    const given = scene();
    expect(refusalOf(given.does(ben, onMyWay))).toBe('noSeat');
    expect(refusalOf(given.does(ann, onMyWay))).toBe('invalid');
    given.now = START + 60 * MINUTE;
    expect(refusalOf(given.does(ann, onMyWay))).toBe('over');
  });
});

it('B8: of ten thousand gatherings, those that are near are looked at and no others', () => {
  const { board } = aBoard();
  const agenda = new Agenda();
  for (let n = 0; n < 10_000; n += 1) {
    const start = NOON + n * MINUTE;
    agenda.put(
      newGathering(board, `g${String(n)}`, NOON, { title: 'Tea', start, end: start + 60 * MINUTE, capacity: 1, releaseAfter: 5 }),
      true,
    );
  }
  const near = agenda.at(NOON + 5000 * MINUTE);
  expect(near.filter(({ duty }) => duty === 'remindGuests')).toHaveLength(15);
  expect(near.filter(({ duty }) => duty === 'releaseSeats')).toHaveLength(55);
});
