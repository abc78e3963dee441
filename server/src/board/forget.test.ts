/** Whoever wants to be gone is gone: no record knows them, and others keep what is theirs. */
import type { CommandInput, CommandType } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { RULES } from './decide.ts';
import { EXAMPLES, tea, token } from './example.ts';
import { knows, withoutName } from './forget.ts';
import { MINUTE, NOON, Scene, aBoard, key, organiser, person, post } from './scene.ts';
import type { StoredRecord } from './records.ts';
import { isEnded } from './session.ts';
import type { Actor } from './rule.ts';

const SYSTEM: Actor = { kind: 'system' };
const ada = person('ada');
const ben = person('ben');
const NAME = 'Zenobia';
const forget: CommandInput = { type: 'forgetPerson', person: ada.id };

/** A board on which Ada, as Zenobia, has done all that anybody can do. */
const busy = (): Scene => {
  const all = aBoard().people('ben', 'hugo', 'olga');
  all.given(ada, { type: 'setName', name: NAME }, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' });
  all.given(person('hugo'), post('tea', { start: NOON - MINUTE }), { type: 'shareHosting', gathering: tea, token, handOver: false });
  all.given(ada, { type: 'putPlace', place: key('hall'), name: 'Hall' });
  const others: ReadonlySet<CommandType> = new Set([
    'createBoard',
    'banPerson',
    'cancelGathering',
    'hideGathering',
    'withdrawAnnouncement',
  ]);
  for (const [type, command] of Object.entries(EXAMPLES) as [CommandType, CommandInput][]) {
    if (RULES[type].who !== 'system' && RULES[type].who !== 'admin' && !others.has(type))
      all.does(ada, type === 'setName' ? { type, name: NAME } : command);
  }
  all.given(ada, EXAMPLES.subscribePush, EXAMPLES.linkPlan, EXAMPLES.takeSeat, EXAMPLES.reportGathering);
  all.given(ada, { ...EXAMPLES.shareHosting, token: 'v'.repeat(22) }, { type: 'announce', text: `${NAME} is here` });
  return all;
};

const traces = (all: Scene): string[] =>
  [...all.board.records.values()]
    .filter((record) => JSON.stringify(record).includes(ada.id) || JSON.stringify(record).includes(NAME))
    .map(({ id }) => id);

describe('a person who is to be forgotten', () => {
  it('leaves neither name nor id in any record, whatever they have done', () => {
    const all = busy();
    // Places and the board itself are named by whoever wrote them last, not after them.
    all.given(organiser, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' });
    all.given(organiser, { type: 'putPlace', place: key('bar'), name: 'Bar' }, { type: 'editBoard', name: 'Week' });
    const types = new Set(traces(all).map((id) => id.slice(0, id.indexOf('/'))));
    expect([...types].sort()).toEqual(['gathering', 'host', 'host-link', 'notice', 'person', 'plan-link', 'push', 'report', 'rsvp']);
    all.given(SYSTEM, forget);
    expect(traces(all)).toEqual([]);
    expect(knows(all.board, ada.id)).toBe(false);
  });

  it('gives every seat to whoever waits for it, in the same commit (B3)', () => {
    const all = aBoard().people('hugo', 'ada', 'ben');
    all.given(person('hugo'), post('tea', { capacity: 1 }));
    all.given(ada, { type: 'takeSeat', gathering: tea }).given(ben, { type: 'takeSeat', gathering: tea });
    all.given(SYSTEM, forget);
    expect(all.seats('tea')).toEqual({ going: { ben: 1 }, waiting: [] });
  });

  it('calls off what they hosted alone, and those who wanted to come are told; of its words only the title stays, without the name', () => {
    const all = aBoard().people('ada', 'ben');
    all.given(
      ada,
      post('tea', {
        title: 'Tea with Ada',
        description: 'Call +44 1',
        place: 'My flat',
        address: 'Third door',
        link: 'https://ada.example',
      }),
    );
    all.given(ada, { type: 'setName', name: 'Ada' });
    all.given(ben, { type: 'takeSeat', gathering: tea }).given(ada, { type: 'sendNotice', gathering: tea, to: 'going', text: 'Call me' });
    all.given(SYSTEM, forget);
    expect(all.board.gathering(tea)).toMatchObject({
      title: 'Tea with …',
      description: '',
      place: '',
      address: '',
      link: '',
      cancelled: true,
    });
    expect([...all.board.noticesOf(tea).values()]).toMatchObject([{ kind: 'cancelled', by: '', text: '' }]);
    expect(all.seats('tea').going).toEqual({ ben: 1 });
  });

  it('leaves none of its words, whatever field they stand in, where they hosted it alone', () => {
    const all = aBoard().people('ada', 'ben');
    const second = { language: 'es', title: 'Té conmigo', description: 'Llama' } as const;
    const words = { description: 'Call', tags: ['cup'], languages: ['yue'], place: 'Flat', address: 'Door', link: 'https://my.example/' };
    all.given(ada, post('tea', { ...words, second }), { type: 'setName', name: 'Ada' });
    all.given(ben, { type: 'takeSeat', gathering: tea });
    // As a later release may have added one.
    const posted = all.board.gathering(tea);
    if (posted === undefined) throw new Error('no gathering');
    all.commit([{ ...posted, motto: 'Words of a field that is added one day' } as StoredRecord], []);
    all.given(SYSTEM, forget);
    const left = Object.entries(all.board.gathering(tea) ?? {}).filter(([, value]) => typeof value === 'string' && value !== '');
    expect(Object.fromEntries(left)).toEqual({
      ...{ id: `gathering/${tea}`, type: 'gathering', title: 'tea', kind: 'corner', placeFor: 'all' },
    });
    expect(all.board.gathering(tea)).toMatchObject({ second: null, tags: [], languages: [] });
  });

  it('takes what they hosted alone with them where nobody wanted to come', () => {
    const all = aBoard().people('ada', 'ben').given(ada, post('tea'), { type: 'takeSeat', gathering: tea });
    all
      .given(ben, { type: 'reportGathering', gathering: tea, reason: 'spam' })
      .given(ada, { type: 'sendNotice', gathering: tea, to: 'going', text: 'Hi' });
    all.given(SYSTEM, forget);
    const about = [...all.board.records.keys()].filter((id) => id.includes(tea));
    expect(about).toEqual([]);
  });

  it('leaves what others host too to them, with its words', () => {
    const all = aBoard()
      .people('ada', 'ben')
      .given(ada, post('tea', { description: 'Bring a cup' }), { type: 'shareHosting', gathering: tea, token, handOver: false });
    all.given(ben, { type: 'acceptHosting', token }).given(SYSTEM, forget);
    expect(all.board.gathering(tea)).toMatchObject({ description: 'Bring a cup', cancelled: false });
    expect([...all.board.hostsOf(tea).keys()]).toEqual([ben.id]);
  });

  it('does not unsettle what is over: it was, it is not called off', () => {
    const all = aBoard()
      .people('ada', 'ben')
      .given(ada, post('tea', { description: 'Mine' }))
      .given(ben, { type: 'takeSeat', gathering: tea });
    all.now = NOON + 2 * 60 * MINUTE;
    all.given(SYSTEM, forget);
    expect(all.board.gathering(tea)).toMatchObject({ cancelled: false, description: '' });
    expect(all.board.noticesOf(tea).size).toBe(0);
  });

  it('is forgotten though banned, and forgetting a stranger changes nothing', () => {
    const all = busy();
    all.given(
      organiser,
      { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' },
      { type: 'banPerson', person: ada.id, banned: true },
    );
    all.given(SYSTEM, forget);
    expect(all.board.person(ada.id)).toBeUndefined();
    expect(all.does(SYSTEM, { type: 'forgetPerson', person: person('nobody').id })).toEqual({ put: [], gone: [] });
  });
});

describe('X8: deleting a person on the deployment’s own board', () => {
  it('ends every session of theirs, and says that boards are to forget them until they have', () => {
    const own = new Scene().given(SYSTEM, { type: 'deletePerson', person: ada.id });
    expect(isEnded(own.board.get('epoch', ada.id), { person: ada.id, id: 'phone0000000', issued: NOON })).toBe(true);
    expect(own.board.all('deletion')).toMatchObject([{ at: NOON }]);
    own.given(SYSTEM, { type: 'endDeletion', person: ada.id });
    expect(own.board.all('deletion')).toEqual([]);
  });
});

describe('a text without a name', () => {
  it.each([
    ['Tea with Al, also', 'Al', 'Tea with …, also'],
    ['阿明的生日', '阿明', '…的生日'],
    ['AL (and al.)', 'Al', '… (and ….)'],
    ['a.b', 'a.b', '…'],
    ['axb', 'a.b', 'axb'],
    ['Nothing', '', 'Nothing'],
  ])('%s, %s: %s', (text, name, without) => {
    expect(withoutName(text, name)).toBe(without);
  });
});
