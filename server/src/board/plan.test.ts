/** My plan behind its link: what is in it, who sees a place, and when it is void. */
import { describe, expect, it } from 'vitest';
import { planBehind } from './plan.ts';
import { MINUTE, NOON, type Scene, aBoard, key, organiser, person, post, refusalOf } from './scene.ts';

const [ann, ben, host] = [person('ann'), person('ben'), person('hugo')];
const token = 'p'.repeat(22);
const takeSeat = { type: 'takeSeat', gathering: key('tea') } as const;

const scene = (): Scene =>
  aBoard()
    .people('ann', 'ben', 'hugo')
    .given(
      host,
      post('tea', { capacity: 1, placeFor: 'going', place: 'Roof', start: NOON + MINUTE }),
      post('run', { start: NOON, place: 'Gate' }),
    )
    .given(ann, takeSeat)
    .given(ben, takeSeat);

const planOf = (given: Scene): unknown =>
  planBehind(given.board, token)?.map(({ title, place, tentative }) => ({ title, place, ...(tentative ? { tentative } : {}) }));

describe('my plan behind its link', () => {
  it('X5: a place for those going alone is shown to who goes, and not to who waits', () => {
    expect(planOf(scene().given(ann, { type: 'linkPlan', token }))).toEqual([{ title: 'tea', place: 'Roof' }]);
    expect(planOf(scene().given(ben, { type: 'linkPlan', token }))).toEqual([{ title: 'tea', place: '', tentative: true }]);
  });

  it('holds what I host as well, in order, and what was cancelled as such', () => {
    const given = scene().given(host, { type: 'linkPlan', token }, { type: 'cancelGathering', gathering: key('run') });
    expect(planOf(given)).toEqual([
      { title: 'run', place: 'Gate' },
      { title: 'tea', place: 'Roof' },
    ]);
    expect(planBehind(given.board, token)?.map(({ cancelled }) => cancelled)).toEqual([true, false]);
  });

  it('without what I gave back, lost, or what is off the board', () => {
    const given = scene().given(ann, { type: 'linkPlan', token }, { type: 'giveBackSeat', gathering: key('tea') });
    expect(planOf(given)).toEqual([]);
  });

  it('is void once another link is made, when it is revoked, and for who is banned', () => {
    const other = 'q'.repeat(22);
    const given = scene().given(ann, { type: 'linkPlan', token }, { type: 'linkPlan', token: other });
    expect(planOf(given)).toBeUndefined();
    given.given(ann, { type: 'unlinkPlan' }, { type: 'unlinkPlan' });
    expect(planBehind(given.board, other)).toBeUndefined();
    given.given(ann, { type: 'linkPlan', token });
    given.given(organiser, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' });
    given.given(organiser, { type: 'banPerson', person: ann.id, banned: true });
    expect(planOf(given)).toBeUndefined();
  });

  it('nobody takes the link of another', () => {
    const given = scene().given(ann, { type: 'linkPlan', token });
    expect(refusalOf(given.does(ben, { type: 'linkPlan', token }))).toBe('idTaken');
  });
});
