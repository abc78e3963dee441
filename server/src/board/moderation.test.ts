import { describe, expect, it } from 'vitest';
import { cardView } from './gathering.ts';
import { hostingView } from './hosting.ts';
import { bannedView, moderationView } from './moderation.ts';
import { meView } from './person.ts';
import { type Scene, aBoard, key, organiser, person, post, refusalOf } from './scene.ts';
import { maySee } from './views.ts';

const ann = person('ann');
const ben = person('ben');
const tea = key('tea');
const banBen = (banned: boolean) => ({ type: 'banPerson', person: ben.id, banned }) as const;

const scene = (): Scene =>
  aBoard()
    .people('ann', 'ben', 'olga')
    .given(organiser, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' })
    .given(ann, post('tea', { capacity: 1 }));

describe('becoming an organiser', () => {
  it('takes the key of the printed link', () => {
    expect(refusalOf(scene().does(ann, { type: 'becomeOrganiser', key: 'guessed-key-of-the-week!' }))).toBe('forbidden');
    expect(refusalOf(scene().does(ann, { type: 'becomeOrganiser', key: '' }))).toBe('forbidden');
    expect(meView(scene().board, organiser.id)).toMatchObject({ organiser: true });
  });
});

describe('hiding', () => {
  it('takes a gathering off the board and puts it back, with its seats', () => {
    const hidden = scene()
      .given(ben, { type: 'takeSeat', gathering: tea })
      .given(organiser, { type: 'hideGathering', gathering: tea, hidden: true });
    expect(cardView(hidden.board, tea)).toBeUndefined();
    expect(maySee(hidden.board, `gathering/${tea}`, ben)).toBe(false);
    expect(maySee(hidden.board, `gathering/${tea}`, ann)).toBe(true);
    expect(refusalOf(hidden.does(ben, { type: 'reportGathering', gathering: tea, reason: 'spam' }))).toBe('notFound');
    hidden.given(organiser, { type: 'hideGathering', gathering: tea, hidden: false });
    expect(cardView(hidden.board, tea)).toBeDefined();
    expect(hidden.seats('tea').going).toEqual({ ben: 1 });
  });
});

describe('reports', () => {
  it('one a person, seen by organisers, set aside together', () => {
    const report = { type: 'reportGathering', gathering: tea, reason: 'spam', text: 'sells things' } as const;
    const told = scene().given(ben, report, { ...report, text: 'still sells things' });
    expect(moderationView(told.board, tea)?.reports).toMatchObject([{ name: 'ben', reason: 'spam', text: 'still sells things' }]);
    told.given(organiser, { type: 'dismissReports', gathering: tea });
    expect(moderationView(told.board, tea)?.reports).toBeUndefined();
  });
});

describe('a ban', () => {
  it('B3: gives up every seat, and each goes to whoever waits for it', () => {
    const banned = scene().given(ben, { type: 'takeSeat', gathering: tea }).given(organiser, { type: 'takeSeat', gathering: tea });
    banned.given(organiser, banBen(true));
    expect(banned.seats('tea')).toEqual({ going: { olga: 1 }, waiting: [] });
    expect(bannedView(banned.board, ben.id)).toEqual({ id: `banned/${ben.id}`, name: 'ben' });
  });

  it('ends every part in the board, and lifting it restores nothing', () => {
    const banned = scene().given(ben, { type: 'takeSeat', gathering: tea }).given(organiser, banBen(true));
    expect(refusalOf(banned.does(ben, { type: 'takeSeat', gathering: tea }))).toBe('banned');
    expect(refusalOf(banned.does(ben, post('run')))).toBe('banned');
    expect(refusalOf(banned.does(ben, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' }))).toBe('banned');
    banned.given(organiser, banBen(false));
    expect(banned.seats('tea').going).toEqual({});
    expect(refusalOf(banned.does(ben, { type: 'takeSeat', gathering: tea }))).toBeUndefined();
  });

  it('takes a host’s tools away', () => {
    const banned = scene().given(ben, post('run')).given(organiser, banBen(true));
    expect(refusalOf(banned.does(ben, { type: 'cancelGathering', gathering: key('run') }))).toBe('banned');
    expect(maySee(banned.board, `host/${key('run')}`, ben)).toBe(false);
    expect(hostingView(banned.board, key('run'), ben.id), 'X5: nor is it told where the gathering is').toBeUndefined();
  });

  it('never hits oneself', () => {
    expect(refusalOf(scene().does(organiser, { type: 'banPerson', person: organiser.id, banned: true }))).toBe('invalid');
  });
});
