import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import { due } from './due.ts';
import { cardView, detailsView } from './gathering.ts';
import { hostingView } from './hosting.ts';
import { linesFor, noticeView, publicLines } from './notice.ts';
import { MINUTE, NOON, type Scene, aBoard, key, person, post, refusalOf } from './scene.ts';

const DAY = 24 * 60 * MINUTE;
const ann = person('ann');
const ben = person('ben');
const tea = key('tea');

const scene = (more = {}): Scene => aBoard().people('ann', 'ben').given(ann, post('tea', more));

describe('posting', () => {
  it('makes a gathering of which the sender is the host', () => {
    const { board } = scene({ tags: ['zk', 'ZK', 'rust'], place: 'Coffee bar', capacity: 8 });
    expect(cardView(board, tea)).toEqual({
      id: `card/${tea}`,
      title: 'tea',
      kind: 'corner',
      start: NOON,
      end: NOON + 60 * MINUTE,
      hosts: ['ann'],
      tags: ['ZK', 'rust'],
      place: 'Coffee bar',
      capacity: 8,
    });
  });

  it('P9: carries a second language on the card only where there is one, and its description only on its page', () => {
    const second = { language: 'zh-Hant', title: '喝茶', description: '帶上杯子' } as const;
    const both = scene({ second });
    expect(cardView(both.board, tea)).toMatchObject({ title: 'tea', second: { language: 'zh-Hant', title: '喝茶' } });
    expect(cardView(both.board, tea)?.second).not.toHaveProperty('description');
    expect(detailsView(both.board, tea)).toMatchObject({ secondDescription: '帶上杯子' });
    const one = both.given(ann, { type: 'editGathering', gathering: tea, second: null });
    expect(cardView(one.board, tea)).not.toHaveProperty('second');
    expect(detailsView(one.board, tea)).not.toHaveProperty('secondDescription');
  });

  it('B7: an id that exists is taken', () => {
    expect(refusalOf(scene().does(ben, post('tea')))).toBe('idTaken');
  });

  it.each([
    ['end', { end: NOON }],
    ['end', { end: NOON - 1 }],
    ['end', { end: NOON + DAY + 1 }],
    ['start', { start: NOON - 4 * DAY, end: NOON - 4 * DAY + MINUTE }],
    ['start', { start: NOON + 5 * DAY, end: NOON + 5 * DAY + MINUTE }],
  ])('refuses times that cannot be, naming %s: %j', (field, times) => {
    expect(aBoard().people('ann').does(ann, post('tea', times))).toMatchObject({ refusal: { code: 'invalid', field } });
  });

  it('takes times within a day of the board, and 24 hours in one go', () => {
    expect(
      refusalOf(
        aBoard()
          .people('ann')
          .does(ann, post('tea', { start: NOON - 3 * DAY, end: NOON - 2 * DAY })),
      ),
    ).toBeUndefined();
    expect(
      refusalOf(
        aBoard()
          .people('ann')
          .does(ann, post('tea', { start: NOON + 3 * DAY, end: NOON + 3 * DAY + 60 * MINUTE })),
      ),
    ).toBeUndefined();
  });

  it('X6: five an hour for a person, then says when to come back; organisers may go on', () => {
    const full = aBoard().people('ann', 'ben');
    for (const name of ['a', 'b', 'c', 'd', 'e']) full.given(ann, post(name));
    full.now += 10 * MINUTE;
    expect(full.does(ann, post('f'))).toEqual({ refusal: { code: 'tooMany', retryAfterMs: 50 * MINUTE } });
    expect(refusalOf(full.does(ben, post('f')))).toBeUndefined();
    full.given(ann, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' }, post('g'));
    full.now += 50 * MINUTE;
    expect(refusalOf(full.does(ben, post('h')))).toBeUndefined();
  });
});

describe('changing', () => {
  it('edits what is given and leaves the rest', () => {
    const edited = scene({ description: 'leaves', capacity: 4 }).given(ann, { type: 'editGathering', gathering: tea, title: 'Green tea' });
    expect(edited.board.gathering(tea)).toMatchObject({ title: 'Green tea', description: 'leaves', capacity: 4 });
  });

  it('B9: keeps fields that this release does not know', () => {
    const old = scene();
    const known = old.board.gathering(tea);
    old.commit([{ ...known, mood: 'merry' } as never], []);
    old.given(ann, { type: 'editGathering', gathering: tea, title: 'Green tea' });
    expect(old.board.gathering(tea)).toMatchObject({ title: 'Green tea', mood: 'merry' });
  });

  it('B9: gives a record of an earlier release the fields it lacks', () => {
    const old = aBoard();
    old.commit([{ id: `gathering/${tea}`, type: 'gathering', rev: 9, title: 'tea', start: NOON, end: NOON + MINUTE } as never], []);
    expect(cardView(old.board, tea)).toMatchObject({ title: 'tea', kind: 'other', hosts: [] });
  });

  it.each([
    [{ type: 'moveGathering', gathering: tea, place: 'Rooftop' } as const, { kind: 'moved', place: 'Rooftop' }],
    [
      { type: 'postponeGathering', gathering: tea, start: NOON + 10 * MINUTE, end: NOON + 70 * MINUTE } as const,
      { kind: 'postponed', start: NOON + 10 * MINUTE },
    ],
    [{ type: 'closeDoor', gathering: tea, closed: true } as const, { kind: 'closed' }],
    [{ type: 'cancelGathering', gathering: tea, text: 'rain' } as const, { kind: 'cancelled', text: 'rain' }],
  ])('$0.type tells those concerned, on the card too', (command, notice) => {
    const told = scene().given(ann, command);
    expect(cardView(told.board, tea)?.notice).toMatchObject({ to: 'concerned', ...notice });
  });

  it('ends what has begun, and only that', () => {
    expect(refusalOf(scene({ start: NOON + MINUTE }).does(ann, { type: 'endGathering', gathering: tea }))).toBe('invalid');
    const begun = scene();
    begun.now += MINUTE;
    expect(begun.given(ann, { type: 'endGathering', gathering: tea }).board.gathering(tea)?.end).toBe(NOON + MINUTE);
    expect(refusalOf(begun.does(ann, { type: 'endGathering', gathering: tea }))).toBe('over');
  });

  it('moves nothing that is over, and tells nobody – until it is postponed', () => {
    const move = { type: 'moveGathering', gathering: tea, place: 'Roof' } as const;
    const over = scene({ place: 'Bar' });
    over.now = NOON + 60 * MINUTE;
    expect(refusalOf(over.does(ann, move))).toBe('over');
    expect(cardView(over.board, tea)).toMatchObject({ place: 'Bar' });
    expect(cardView(over.board, tea)).not.toHaveProperty('notice');
    over.given(ann, { type: 'postponeGathering', gathering: tea, start: NOON + 90 * MINUTE, end: NOON + 120 * MINUTE }, move);
    expect(cardView(over.board, tea)).toMatchObject({ place: 'Roof', notice: { kind: 'moved' } });
  });

  it('leaves what is cancelled as it is', () => {
    const cancelled = scene().given(ann, { type: 'cancelGathering', gathering: tea });
    expect(refusalOf(cancelled.does(ann, { type: 'moveGathering', gathering: tea, place: 'Roof' }))).toBe('cancelled');
    expect(refusalOf(cancelled.does(ann, { type: 'cancelGathering', gathering: tea }))).toBe('cancelled');
  });

  it('X5: a place for those going alone is on no card, no page and no public notice', () => {
    const secret = scene({ place: 'Room 12', address: 'Floor 3', placeFor: 'going' });
    secret.given(ann, { type: 'moveGathering', gathering: tea, place: 'Room 14', address: 'Floor 4' });
    const seen = JSON.stringify([cardView(secret.board, tea), detailsView(secret.board, tea)]);
    expect(seen).not.toMatch(/Room|Floor/);
    expect(hostingView(secret.board, tea, ann.id)).toMatchObject({ place: 'Room 14', address: 'Floor 4' });
    expect(hostingView(secret.board, tea, ben.id)).toBeUndefined();
  });
});

describe('notices', () => {
  it('thirty an hour about one gathering, of whatever kind, then says when to come back – but cancelling is always told', () => {
    const talking = scene();
    const say = { type: 'sendNotice', gathering: tea, to: 'concerned', text: 'soon' } as const;
    for (let line = 0; line < 15; line += 1)
      talking.given(ann, say, { type: 'moveGathering', gathering: tea, place: `Bar ${String(line)}` });
    expect(talking.does(ann, say)).toEqual({ refusal: { code: 'tooMany', retryAfterMs: 60 * MINUTE } });
    expect(refusalOf(talking.does(ann, { type: 'moveGathering', gathering: tea, place: 'Roof' }))).toBe('tooMany');
    expect(refusalOf(talking.does(ann, { type: 'cancelGathering', gathering: tea }))).toBeUndefined();
  });

  it('the oldest give way, so that a talkative host fills nothing', () => {
    const talking = scene({ end: NOON + DAY });
    for (let line = 0; line < 90; line += 1) {
      talking.now += 3 * MINUTE;
      talking.given(ann, { type: 'sendNotice', gathering: tea, to: 'concerned', text: `line ${String(line)}` });
    }
    const texts = [...talking.board.noticesOf(tea).values()].map((notice) => notice.text);
    expect(texts).toHaveLength(60);
    expect(texts).toContain('line 89');
    expect(texts).not.toContain('line 29');
  });

  it('nobody writes over a notice by sending a command under its id', () => {
    const olga = person('olga');
    const told = scene().given(
      olga,
      { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' },
      { type: 'announce', text: 'Doors at 9' },
    );
    const [id = ''] = [...told.board.noticesOf('').keys()];
    const command = { type: 'moveGathering', gathering: tea, place: 'Roof', address: '' } as const;
    const decision = decide(told.board, command, { actor: ann, now: told.now, id: id.slice('notice/'.length) });
    expect(refusalOf(decision)).toBe('idTaken');
  });

  it('shows everybody the newest first', () => {
    const talking = scene().given(
      ann,
      { type: 'moveGathering', gathering: tea, place: 'Bar' },
      { type: 'closeDoor', gathering: tea, closed: true },
    );
    const gathering = talking.board.gathering(tea);
    expect(gathering && publicLines(talking.board, tea, gathering).map((line) => line.kind)).toEqual(['closed', 'moved']);
  });

  it('a line to those waiting is not for those going', () => {
    const full = scene({ capacity: 1 }).given(ben, { type: 'takeSeat', gathering: tea });
    full.given(ann, { type: 'sendNotice', gathering: tea, to: 'waiting', text: 'there is a second one at 8' });
    const gathering = full.board.gathering(tea);
    const answer = full.board.seats(tea).answers.get(ben.id);
    expect(gathering && answer && linesFor(full.board, tea, gathering, answer)).toEqual([]);
  });

  it('an announcement stands until it is taken down', () => {
    const olga = person('olga');
    const told = aBoard().given(
      olga,
      { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' },
      { type: 'announce', text: 'Doors at 9' },
    );
    const [id = ''] = [...told.board.noticesOf('').keys()];
    const notice = id.slice('notice/'.length);
    expect(noticeView(told.board, notice)).toMatchObject({ text: 'Doors at 9', to: 'everyone' });
    told.given(olga, { type: 'withdrawAnnouncement', notice });
    expect(noticeView(told.board, notice)).toBeUndefined();
  });
});

describe('hosting together', () => {
  const token = 'a'.repeat(22);
  const share = (handOver: boolean) => ({ type: 'shareHosting', gathering: tea, token, handOver }) as const;
  const accept = { type: 'acceptHosting', token } as const;

  it('by a link that works once', () => {
    const shared = scene().people('cat').given(ann, share(false)).given(ben, accept);
    expect(cardView(shared.board, tea)?.hosts).toEqual(['ann', 'ben']);
    expect(refusalOf(shared.does(person('cat'), accept))).toBe('linkExpired');
  });

  it('handed over, the giver hosts no more', () => {
    const given = scene().given(ann, share(true)).given(ben, accept);
    expect(cardView(given.board, tea)?.hosts).toEqual(['ben']);
    expect(refusalOf(given.does(ann, { type: 'closeDoor', gathering: tea, closed: true }))).toBe('forbidden');
  });

  it('handed over to someone who hosts already, the giver hosts no more and the link is spent', () => {
    const second = 'b'.repeat(22);
    const both = scene()
      .people('cat')
      .given(ann, { ...share(false), token: second });
    both.given(ben, { type: 'acceptHosting', token: second }).given(ann, share(true)).given(ben, accept);
    expect(cardView(both.board, tea)?.hosts).toEqual(['ben']);
    expect(refusalOf(both.does(person('cat'), accept))).toBe('linkExpired');
  });

  it('taking one’s own link changes nothing', () => {
    const own = scene().given(ann, share(true), accept).given(ben, accept);
    expect(cardView(own.board, tea)?.hosts).toEqual(['ben']);
  });

  it('for a day', () => {
    const late = scene().given(ann, share(false));
    late.now += DAY;
    expect(refusalOf(late.does(ben, accept))).toBe('linkExpired');
  });

  it('B8: is due to go when its time is over, once, and not before', () => {
    const late = scene().given(ann, share(false));
    const expire = { type: 'expireHostLink', token } as const;
    expect(due(late.board, late.now)).toEqual([]);
    late.given({ kind: 'system' }, expire);
    expect(late.board.hostLink(token)).toBeDefined();
    late.now += DAY;
    expect(due(late.board, late.now)).toEqual([{ id: `expireHostLink.${token}.${(NOON + DAY).toString(36)}`, command: expire }]);
    late.given({ kind: 'system' }, expire, expire);
    expect(late.board.hostLink(token)).toBeUndefined();
    expect(due(late.board, late.now)).toEqual([]);
  });

  it('no longer once its maker hosts no more', () => {
    const second = 'b'.repeat(22);
    const gone = scene()
      .people('cat')
      .given(ann, share(false), { ...share(true), token: second });
    gone.given(ben, { type: 'acceptHosting', token: second });
    expect(refusalOf(gone.does(person('cat'), accept))).toBe('linkExpired');
  });
});
