import type { CommandInput } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { MINUTE, NOON, type Scene, aBoard, key, organiser, person, post, refusalOf } from './scene.ts';
import { viewOf, viewsFor } from './views.ts';

const ann = person('ann');
const ben = person('ben');
const take: CommandInput = { type: 'takeSeat', gathering: key('tea') };
const setCode = (code: string): CommandInput => ({ type: 'setJoinCode', code });
const show = (code: string): CommandInput => ({ type: 'joinBoard', code });

/** A board with a tea of Ann's, of which Ben holds a seat, and a join code since then. */
const guarded = (): Scene =>
  aBoard()
    .people('olga', 'ann', 'ben', 'cat')
    .given(organiser, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' })
    .given(ann, post('tea', { start: NOON + MINUTE, end: NOON + 60 * MINUTE }))
    .given(ben, take)
    .given(organiser, setCode('Open sesame'));

describe('X6: a join code', () => {
  it('is asked of everybody who wants to do something, hosts too', () => {
    expect(refusalOf(guarded().does(person('cat'), take))).toBe('codeNeeded');
    expect(refusalOf(guarded().does(person('cat'), post('run')))).toBe('codeNeeded');
    expect(refusalOf(guarded().does(ann, { type: 'closeDoor', gathering: key('tea'), closed: true }))).toBe('codeNeeded');
  });

  it('is not asked of those who organise, nor for what shows to nobody else or gives something back', () => {
    const board = guarded();
    board.given(organiser, { type: 'announce', text: 'Welcome' });
    board.given(ben, { type: 'giveBackSeat', gathering: key('tea') }, { type: 'markRead', to: 1 }, { type: 'setName', name: 'Benno' });
  });

  it('is shown once, in any case and spacing', () => {
    const board = guarded().given(ann, show('open-SESAME')).given(ben, show(' o p e n sesame'));
    board.given(
      ann,
      { type: 'closeDoor', gathering: key('tea'), closed: true },
      { type: 'closeDoor', gathering: key('tea'), closed: false },
    );
    board.given(ben, { type: 'reportGathering', gathering: key('tea'), reason: 'other' });
  });

  it('may be in any script', () => {
    guarded().given(organiser, setCode('維港海濱長廊')).given(ann, show('維港 海濱 長廊'), post('walk'));
  });

  it('that is wrong changes nothing', () => {
    const board = guarded();
    expect(refusalOf(board.does(ann, show('open sesame2')))).toBe('codeWrong');
    expect(refusalOf(board.does(ann, show('')))).toBe('codeWrong');
    expect(refusalOf(board.does(ann, post('run')))).toBe('codeNeeded');
  });

  it('that is changed is asked again of those who showed the old one', () => {
    const board = guarded().given(ann, show('open sesame')).given(organiser, setCode('another1'));
    expect(refusalOf(board.does(ann, post('run')))).toBe('codeNeeded');
    board.given(ann, show('another1'), post('run'));
  });

  it('that is set to what it is changes nothing, and without one nobody is asked', () => {
    const board = guarded();
    expect(board.does(organiser, setCode('OPEN SESAME'))).toEqual({ put: [] });
    board.given(organiser, setCode('')).given(person('cat'), take, show('a code of an old link'));
  });

  it('X5: is in no view but the organisers’', () => {
    const { board } = guarded().given(ann, show('open sesame'));
    const seen = ['public', 'gathering/tea000000000', 'host/tea000000000', `person/${ann.id}`] as const;
    for (const audience of seen) expect(JSON.stringify(viewsFor(board, audience))).not.toContain('SESAME');
    expect(viewOf(board, 'organiser', 'join-code/week')).toEqual({ id: 'join-code/week', code: 'OPENSESAME' });
    expect(viewsFor(board, 'organiser')).toContainEqual({ id: 'join-code/week', code: 'OPENSESAME' });
  });
});
