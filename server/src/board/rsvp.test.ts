import { describe, expect, it } from 'vitest';
import { guestListView, guestsView, myRsvpView } from './rsvp.ts';
import { MINUTE, NOON, type Scene, aBoard, key, person, post, refusalOf, resultOf } from './scene.ts';

const ann = person('ann');
const ben = person('ben');
const cat = person('cat');
const dan = person('dan');
const host = person('hugo');

const takeSeat = (party = 1) => ({ type: 'takeSeat', gathering: key('tea'), party }) as const;
const giveBack = { type: 'giveBackSeat', gathering: key('tea') } as const;

/** A tea party of Hugo's with that many seats. */
const tea = (capacity: number | null, more = {}): Scene =>
  aBoard()
    .people('ann', 'ben', 'cat', 'dan', 'hugo')
    .given(host, post('tea', { capacity, partyMax: 4, ...more }));

describe('taking a seat', () => {
  it('B3: takes one while there is one, and a place on the waitlist after that', () => {
    const scene = tea(1);
    expect(resultOf(scene.does(ann, takeSeat()))).toEqual({ status: 'going' });
    expect(resultOf(scene.does(ben, takeSeat()))).toEqual({ status: 'waitlisted', position: 1 });
    expect(resultOf(scene.does(cat, takeSeat()))).toEqual({ status: 'waitlisted', position: 2 });
    expect(scene.seats('tea')).toEqual({ going: { ann: 1 }, waiting: ['ben', 'cat'] });
  });

  it('B4: one person holds at most one answer, and may change its party', () => {
    const scene = tea(4).given(ann, takeSeat(1), takeSeat(3));
    expect(scene.seats('tea').going).toEqual({ ann: 3 });
    expect(scene.board.seats(key('tea')).answers.size).toBe(1);
  });

  it('B3: a party grows only into seats that are free', () => {
    const scene = tea(3).given(ann, takeSeat(2)).given(ben, takeSeat(1));
    expect(refusalOf(scene.does(ann, takeSeat(3)))).toBe('partyTooLarge');
    expect(scene.seats('tea').going).toEqual({ ann: 2, ben: 1 });
  });

  it('refuses a party larger than the host allows, or than the gathering can ever hold', () => {
    expect(refusalOf(tea(10).does(ann, takeSeat(5)))).toBe('partyTooLarge');
    expect(refusalOf(tea(2).does(ann, takeSeat(3)))).toBe('partyTooLarge');
  });

  it('refuses what is over, cancelled, hidden or not there', () => {
    const over = tea(5);
    over.now = NOON + 60 * MINUTE;
    expect(refusalOf(over.does(ann, takeSeat()))).toBe('over');
    expect(
      refusalOf(
        tea(5)
          .given(host, { type: 'cancelGathering', gathering: key('tea') })
          .does(ann, takeSeat()),
      ),
    ).toBe('cancelled');
    expect(refusalOf(tea(5).does(ann, { type: 'takeSeat', gathering: key('coffee') }))).toBe('notFound');
  });

  it('X5: whoever takes it discreetly is counted for everybody, and named to the hosts alone', () => {
    const scene = tea(4)
      .given(ann, { ...takeSeat(2), discreet: true })
      .given(ben, takeSeat());
    expect(guestsView(scene.board, key('tea'))).toEqual({ id: `guests/${key('tea')}`, going: [{ name: 'ben', party: 1 }], more: 1 });
    const [first, second] = guestListView(scene.board, key('tea')).guests;
    expect([first?.name, first?.discreet, second?.discreet]).toEqual(['ann', true, undefined]);
    expect(myRsvpView(scene.board, key('tea'), ann.id)?.discreet).toBe(true);
  });

  it('X5: discretion stays with another party and on the waitlist, until it is given up', () => {
    const scene = tea(1)
      .given(ben, takeSeat())
      .given(ann, { ...takeSeat(), discreet: true }, takeSeat());
    scene.given(ben, giveBack);
    const named = (): string[] => guestsView(scene.board, key('tea')).going.map(({ name }) => name);
    expect([scene.seats('tea').going, named()]).toEqual([{ ann: 1 }, []]);
    scene.given(ann, { ...takeSeat(), discreet: false });
    expect(named()).toEqual(['ann']);
  });

  it('without a limit everybody is in', () => {
    expect(tea(null).given(ann, takeSeat(4)).given(ben, takeSeat(4)).seats('tea').waiting).toEqual([]);
  });

  it('needs a name', () => {
    expect(refusalOf(tea(5).does(person('nameless'), takeSeat()))).toBe('nameNeeded');
  });
});

describe('giving a seat back', () => {
  it('B3: the freed seat goes to the next in the same commit', () => {
    const scene = tea(1).given(ann, takeSeat()).given(ben, takeSeat()).given(cat, takeSeat());
    const decision = scene.does(ann, giveBack);
    expect('put' in decision && decision.put).toMatchObject([{ person: ben.id, status: 'going', promotedAt: NOON }]);
    expect(scene.seats('tea')).toEqual({ going: { ben: 1 }, waiting: ['cat'] });
  });

  it('B4: a party that does not fit is passed over, keeps its order, and is told so', () => {
    const scene = tea(2).given(ann, takeSeat(1)).given(ben, takeSeat(1)).given(cat, takeSeat(2)).given(dan, takeSeat(1));
    scene.does(ann, giveBack);
    expect(scene.seats('tea')).toEqual({ going: { ben: 1, dan: 1 }, waiting: ['cat'] });
    expect(myRsvpView(scene.board, key('tea'), cat.id)).toMatchObject({ position: 1, passedOver: true });
    scene.does(ben, giveBack);
    scene.does(dan, giveBack);
    expect(scene.seats('tea')).toEqual({ going: { cat: 2 }, waiting: [] });
  });

  it('B4: a newcomer who fits where a larger party does not goes first, and the larger one is told', () => {
    const scene = tea(2).given(ann, takeSeat(1)).given(ben, takeSeat(2)).given(cat, takeSeat(1));
    expect(scene.seats('tea')).toEqual({ going: { ann: 1, cat: 1 }, waiting: ['ben'] });
    expect(myRsvpView(scene.board, key('tea'), ben.id)?.passedOver).toBe(true);
  });

  it('B2: giving back twice frees one seat only', () => {
    const scene = tea(2).given(ann, takeSeat()).given(ben, takeSeat()).given(cat, takeSeat()).given(dan, takeSeat());
    scene.given(ann, giveBack, giveBack);
    expect(scene.seats('tea')).toEqual({ going: { ben: 1, cat: 1 }, waiting: ['dan'] });
  });

  it('B4: leaving the waitlist lets those behind move up', () => {
    const scene = tea(1).given(ann, takeSeat()).given(ben, takeSeat()).given(cat, takeSeat()).given(ben, giveBack);
    expect(myRsvpView(scene.board, key('tea'), cat.id)?.position).toBe(1);
  });

  it('B4: whoever comes back joins at the end', () => {
    const scene = tea(1).given(ann, takeSeat()).given(ben, takeSeat()).given(cat, takeSeat()).given(ben, giveBack, takeSeat());
    expect(scene.seats('tea').waiting).toEqual(['cat', 'ben']);
  });

  it('B3: a waiting party that shrinks to what is free gets in', () => {
    const scene = tea(2).given(ann, takeSeat(1)).given(ben, takeSeat(2)).given(ben, takeSeat(1));
    expect(scene.seats('tea')).toEqual({ going: { ann: 1, ben: 1 }, waiting: [] });
  });
});

describe('what a host does to seats', () => {
  it('B5: capacity cut below the number going drops nobody, and then nobody gets in until it fits', () => {
    const scene = tea(3).given(ann, takeSeat()).given(ben, takeSeat()).given(cat, takeSeat()).given(dan, takeSeat());
    scene.given(host, { type: 'editGathering', gathering: key('tea'), capacity: 1 });
    expect(scene.seats('tea').going).toEqual({ ann: 1, ben: 1, cat: 1 });
    scene.given(ann, giveBack).given(ben, giveBack);
    expect(scene.seats('tea')).toEqual({ going: { cat: 1 }, waiting: ['dan'] });
    scene.given(cat, giveBack);
    expect(scene.seats('tea')).toEqual({ going: { dan: 1 }, waiting: [] });
  });

  it('B3: more capacity promotes at once', () => {
    const scene = tea(1).given(ann, takeSeat()).given(ben, takeSeat()).given(cat, takeSeat());
    scene.given(host, { type: 'editGathering', gathering: key('tea'), capacity: null });
    expect(scene.seats('tea')).toEqual({ going: { ann: 1, ben: 1, cat: 1 }, waiting: [] });
  });

  it('B3: a closed door promotes nobody, and opening it does', () => {
    const scene = tea(1).given(ann, takeSeat()).given(ben, takeSeat());
    scene.given(host, { type: 'closeDoor', gathering: key('tea'), closed: true }).given(ann, giveBack);
    expect(scene.seats('tea')).toEqual({ going: {}, waiting: ['ben'] });
    expect(resultOf(scene.does(cat, takeSeat()))).toEqual({ status: 'waitlisted', position: 2 });
    scene.given(host, { type: 'closeDoor', gathering: key('tea'), closed: false });
    expect(scene.seats('tea')).toEqual({ going: { ben: 1 }, waiting: ['cat'] });
  });

  it('B3: what is over promotes nobody; postponed, it does again', () => {
    const scene = tea(1).given(ann, takeSeat()).given(ben, takeSeat());
    scene.now = NOON + 60 * MINUTE;
    scene.given(ann, giveBack);
    expect(scene.seats('tea').waiting).toEqual(['ben']);
    scene.given(host, { type: 'postponeGathering', gathering: key('tea'), start: NOON + 90 * MINUTE, end: NOON + 120 * MINUTE });
    expect(scene.seats('tea').going).toEqual({ ben: 1 });
  });

  it('B3: a guest taken off the list frees the seat, and cannot come back by themselves', () => {
    const scene = tea(1).given(ann, takeSeat()).given(ben, takeSeat());
    scene.given(host, { type: 'removeGuest', gathering: key('tea'), person: ann.id });
    expect(scene.seats('tea').going).toEqual({ ben: 1 });
    expect(refusalOf(scene.does(ann, takeSeat()))).toBe('declined');
  });
});

describe('my RSVP', () => {
  it('X5: shows a place meant for those going to those going alone', () => {
    const scene = tea(1, { place: 'Room 12', address: 'Floor 3', placeFor: 'going' }).given(ann, takeSeat()).given(ben, takeSeat());
    expect(myRsvpView(scene.board, key('tea'), ann.id)).toMatchObject({ place: 'Room 12', address: 'Floor 3' });
    expect(JSON.stringify(myRsvpView(scene.board, key('tea'), ben.id))).not.toContain('Room 12');
  });

  it('holds the notices for my status that came since I answered', () => {
    const scene = tea(1);
    const say = (to: 'going' | 'waiting', text: string) => ({ type: 'sendNotice', gathering: key('tea'), to, text }) as const;
    scene.given(host, say('going', 'before anyone'));
    scene.now += 1;
    scene.given(ann, takeSeat()).given(ben, takeSeat());
    scene.given(host, say('going', 'bring a cup'), say('waiting', 'come anyway'));
    const texts = (id: string) => myRsvpView(scene.board, key('tea'), id)?.notices?.map((notice) => notice.text);
    expect(texts(ann.id)).toEqual(['bring a cup']);
    expect(texts(ben.id)).toEqual(['come anyway']);
  });
});
