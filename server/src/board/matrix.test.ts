/** X2: who may do what, to what – read off the table of rules, so that a command without a row fails. */
import type { CommandType, RefusalCode } from '@huddle/shared/protocol.ts';
import { describe, expect, it } from 'vitest';
import { RULES } from './decide.ts';
import { EXAMPLES, guest, moveHash, passkey, phone, tea, token } from './example.ts';
import type { Actor, Who } from './rule.ts';
import { ADMIN, MINUTE, NOON, type Scene, aBoard, key, organiser, person, post, refusalOf } from './scene.ts';

/** Everyone there is. */
const ROLES = {
  stranger: person('stranger'),
  guest,
  host: person('hugo'),
  hostOfAnother: person('hera'),
  organiser,
  banned: person('bob'),
  bannedHost: person('bert'),
  admin: ADMIN,
  system: { kind: 'system' },
} as const satisfies Record<string, Actor>;
type Role = keyof typeof ROLES;

/** Who each kind of rule lets in. Everyone else is refused. */
const LETS_IN: Record<Who, readonly Role[]> = {
  guest: ['stranger', 'guest', 'host', 'hostOfAnother', 'organiser'],
  named: ['guest', 'host', 'hostOfAnother', 'organiser'],
  host: ['host', 'organiser', 'admin'],
  organiser: ['organiser', 'admin'],
  admin: ['admin', 'system'],
  system: ['system'],
};

const scene = (): Scene => {
  const all = aBoard().people('gus', 'hugo', 'hera', 'olga', 'bob', 'bert');
  all.given(
    organiser,
    { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' },
    { type: 'putPlace', place: key('hall'), name: 'Hall' },
  );
  all.given(person('hugo'), post('tea', { start: NOON - MINUTE }), { type: 'shareHosting', gathering: tea, token, handOver: false });
  all.given(person('hera'), post('cake')).given(guest, { type: 'takeSeat', gathering: tea });
  const second = 'u'.repeat(22);
  all.given(person('hugo'), { type: 'shareHosting', gathering: tea, token: second, handOver: false });
  all.given(person('bert'), { type: 'acceptHosting', token: second });
  all.given(organiser, { type: 'announce', text: 'Welcome' });
  all.given(ROLES.system, { type: 'openMove', person: guest.id, by: phone, hash: moveHash }, { ...EXAMPLES.addPasskey, key: passkey });
  for (const name of ['bob', 'bert']) all.given(organiser, { type: 'banPerson', person: person(name).id, banned: true });
  return all;
};

const announced = (all: Scene): string => ([...all.board.noticesOf('').keys()][0] ?? '').slice('notice/'.length);

const REFUSED_AT_THE_DOOR: readonly (RefusalCode | undefined)[] = ['forbidden', 'banned', 'nameNeeded'];

/** What those who were let in may still be told: the board is there already, and not everyone has a seat. */
const PAST_THE_DOOR: { readonly [T in CommandType]?: readonly (RefusalCode | undefined)[] } = {
  createBoard: ['idTaken'],
  sayArrival: [undefined, 'noSeat'],
};

describe.each(Object.keys(RULES) as CommandType[])('X2: %s', (type) => {
  const allowed = LETS_IN[RULES[type].who];
  it.each(Object.keys(ROLES) as Role[])(`by %s`, (role) => {
    const all = scene();
    const command = type === 'withdrawAnnouncement' ? { ...EXAMPLES[type], notice: announced(all) } : EXAMPLES[type];
    const code = refusalOf(all.does(ROLES[role], command));
    if (!allowed.includes(role)) expect(REFUSED_AT_THE_DOOR).toContain(code);
    else expect(PAST_THE_DOOR[type] ?? [undefined]).toContain(code);
  });
});

/** What may have become of the gathering meanwhile. */
const STATES = {
  coming: (all) => (all.now = NOON - 2 * MINUTE),
  live: () => undefined,
  over: (all) => (all.now = NOON + 120 * MINUTE),
  full: (all) => all.given(ROLES.host, { type: 'editGathering', gathering: tea, capacity: 1 }),
  closed: (all) => all.given(ROLES.host, EXAMPLES.closeDoor),
  cancelled: (all) => all.given(ROLES.host, EXAMPLES.cancelGathering),
  hidden: (all) => all.given(organiser, EXAMPLES.hideGathering),
  missing: (all) => all.commit([], [`gathering/${tea}`]),
} as const satisfies Record<string, (all: Scene) => unknown>;
type State = keyof typeof STATES;

type Refused = { readonly [S in State]?: RefusalCode };
const OVER = { over: 'over', cancelled: 'cancelled' } as const;
const MISSING = { missing: 'notFound' } as const;

/** What those who were let in are told of a gathering in such a state; in any other, the command is granted. */
const BY_STATE: { readonly [T in CommandType]?: Refused } = {
  editGathering: { ...MISSING, cancelled: 'cancelled' },
  moveGathering: { ...MISSING, ...OVER },
  postponeGathering: { ...MISSING, cancelled: 'cancelled' },
  closeDoor: { ...MISSING, ...OVER },
  endGathering: { ...MISSING, ...OVER, coming: 'invalid' },
  cancelGathering: { ...MISSING, ...OVER },
  shareHosting: MISSING,
  hideGathering: MISSING,
  reportGathering: { ...MISSING, hidden: 'notFound' },
  dismissReports: {},
  takeSeat: { ...MISSING, ...OVER, hidden: 'notFound' },
  // Whoever wants to leave may, whatever became of it.
  giveBackSeat: {},
  removeGuest: MISSING,
  sayArrival: { ...OVER, hidden: 'noSeat', missing: 'noSeat' },
  markHere: MISSING,
  releaseSeats: {},
  remindGuests: {},
  sendNotice: MISSING,
};

/** Commands about a gathering that is there; the others are about none, or make one. */
const ABOUT_A_GATHERING = (Object.keys(EXAMPLES) as CommandType[]).filter(
  (type) => 'gathering' in EXAMPLES[type] && type !== 'postGathering',
);

/** To those who may not, what is hidden is not there. */
const expected = (type: CommandType, role: Role, state: State): readonly (RefusalCode | undefined)[] => {
  if (role === 'banned' || role === 'bannedHost') return ['banned'];
  const { who } = RULES[type];
  if (LETS_IN[who].includes(role)) return [type === 'sayArrival' && role !== 'guest' ? 'noSeat' : BY_STATE[type]?.[state]];
  if (who === 'host') return state === 'hidden' || state === 'missing' ? ['notFound'] : ['forbidden'];
  return REFUSED_AT_THE_DOOR;
};

describe.each(ABOUT_A_GATHERING)('X2: %s, by what became of the gathering', (type) => {
  it.each(Object.keys(STATES) as State[])('%s', (state) => {
    expect(BY_STATE, 'a row for every command about a gathering').toHaveProperty(type);
    for (const role of Object.keys(ROLES) as Role[]) {
      const all = scene();
      STATES[state](all);
      const code = refusalOf(all.does(ROLES[role], EXAMPLES[type]));
      expect(expected(type, role, state), `${type} by ${role}: ${code ?? 'granted'}`).toContain(code);
    }
  });
});

describe('X2: objects', () => {
  it('a host of something else may not touch this one', () => {
    expect(refusalOf(scene().does(ROLES.hostOfAnother, EXAMPLES.cancelGathering))).toBe('forbidden');
    expect(refusalOf(scene().does(ROLES.hostOfAnother, { type: 'cancelGathering', gathering: key('cake') }))).toBeUndefined();
  });

  it('a board that is not there has nothing to do anything to', () => {
    const nowhere = scene();
    nowhere.board.put('board/week', undefined);
    expect(refusalOf(nowhere.does(organiser, EXAMPLES.announce))).toBe('notFound');
  });
});
