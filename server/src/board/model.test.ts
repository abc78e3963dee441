/**
 * Random sequences of posting, RSVPs, waitlist, capacity, doors, cancelling, hiding, bans and time passing – checked after every commit against
 * what the rules promise, by counting records and nothing else.
 */
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { RELEASE_AFTER, type GatheringRecord } from '@huddle/shared/gathering.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import { merge } from '@huddle/shared/merge.ts';
import type { Audience, View } from '@huddle/shared/protocol.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenPromise, takenBy } from '../../../rig/fault/promise.ts';
import { Board } from './board.ts';
import { due } from './due.ts';
import type { Actor } from './rule.ts';
import { MINUTE, NOON, type Scene, aBoard, key, organiser, person, post } from './scene.ts';
import { type Step, touched, viewOf, viewsFor } from './views.ts';

const RUNS = 2500;
const PEOPLE = ['ann', 'ben', 'cat', 'dan', 'eve'];
const GATHERINGS = ['tea', 'run'];

type Act = { readonly actor: Actor; readonly command: CommandInput } | { readonly passes: number };

const gathering = fc.constantFrom(...GATHERINGS.map(key));
const someone = fc.constantFrom(...PEOPLE).map(person);
const host = fc.constant(person('hugo'));
const capacity = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 6 }));

const as = (actor: fc.Arbitrary<Actor>, command: fc.Arbitrary<CommandInput>): fc.Arbitrary<Act> => fc.record({ actor, command });

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: as(
      someone,
      fc.record({ type: fc.constant('takeSeat' as const), gathering, party: fc.integer({ min: 1, max: 4 }), discreet: fc.boolean() }),
    ),
  },
  { weight: 5, arbitrary: as(someone, fc.record({ type: fc.constant('giveBackSeat' as const), gathering })) },
  {
    weight: 3,
    arbitrary: as(
      host,
      fc.record({ type: fc.constant('editGathering' as const), gathering, capacity, releaseAfter: fc.constantFrom(...RELEASE_AFTER) }),
    ),
  },
  { weight: 1, arbitrary: as(host, fc.record({ type: fc.constant('closeDoor' as const), gathering, closed: fc.boolean() })) },
  {
    weight: 1,
    arbitrary: as(host, fc.record({ type: fc.constant('removeGuest' as const), gathering, person: someone.map(({ id }) => id) })),
  },
  {
    weight: 1,
    arbitrary: as(
      host,
      fc.record({
        type: fc.constant('postponeGathering' as const),
        gathering,
        start: fc.constantFrom(NOON, NOON + 20 * MINUTE, NOON + 120 * MINUTE),
        end: fc.constant(NOON + 300 * MINUTE),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: as(host, fc.record({ type: fc.constant('moveGathering' as const), gathering, place: fc.constantFrom('roof', 'bar') })),
  },
  { weight: 1, arbitrary: as(host, fc.record({ type: fc.constantFrom('cancelGathering' as const, 'endGathering' as const), gathering })) },
  { weight: 1, arbitrary: as(someone, fc.record({ type: fc.constant('setName' as const), name: fc.constantFrom('A', 'B') })) },
  {
    weight: 1,
    arbitrary: as(
      fc.constant(organiser),
      fc.oneof(
        fc.record({ type: fc.constant('banPerson' as const), person: someone.map(({ id }) => id), banned: fc.boolean() }),
        fc.record({ type: fc.constant('hideGathering' as const), gathering, hidden: fc.boolean() }),
        fc.record({ type: fc.constant('announce' as const), text: fc.constant('hello') }),
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: as(
      someone,
      fc.record({ type: fc.constant('sayArrival' as const), gathering, arrival: fc.constantFrom('onTheWay', 'here') }),
    ),
  },
  {
    weight: 1,
    arbitrary: as(
      host,
      fc.record({ type: fc.constant('markHere' as const), gathering, person: someone.map(({ id }) => id), here: fc.boolean() }),
    ),
  },
  { weight: 2, arbitrary: fc.record({ passes: fc.integer({ min: 1, max: 90 }) }) },
);

/** As long as it says: left to itself, fast-check makes about ten of anything. */
const many = <T>(of: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> => fc.array(of, { minLength: 1, maxLength, size: 'max' });

/** What an act asks for, and what is due by then (B8). */
function* wishes(scene: Scene, act: Act): Generator<{ readonly actor: Actor; readonly command: CommandInput; readonly id?: string }> {
  if (!('passes' in act)) yield act;
  yield* due(scene.board, scene.now).map((thing) => ({ ...thing, actor: { kind: 'system' } as const }));
}

const start = (seats: number | null): Scene =>
  aBoard()
    .people(...PEOPLE, 'hugo', 'olga')
    .given(organiser, { type: 'becomeOrganiser', key: 'organiser-key-of-the-week' })
    .given(
      person('hugo'),
      ...GATHERINGS.map((name) =>
        post(name, {
          capacity: seats,
          partyMax: 4,
          releaseAfter: 10,
          start: NOON + 20 * MINUTE,
          placeFor: name === 'run' ? 'going' : 'all',
        }),
      ),
    );

const answersTo = (board: Board, id: string): RsvpRecord[] =>
  [...board.records.values()].filter((record): record is RsvpRecord => record.type === 'rsvp' && (record as RsvpRecord).gathering === id);

const takenAt = (board: Board, id: string): number => takenBy(answersTo(board, id));

const check = (scene: Scene, before: ReadonlyMap<string, number>): void => {
  for (const id of GATHERINGS.map(key)) {
    const about = scene.board.get('gathering', id) as GatheringRecord;
    expect(brokenPromise(about, answersTo(scene.board, id), before.get(id) ?? 0, scene.now)).toBeUndefined();
    expect(scene.board.seats(id).taken, 'B2: counts equal membership').toBe(takenAt(scene.board, id));
  }
};

/** What the indexes say, in an order of its own. */
const indexes = (board: Board): unknown =>
  GATHERINGS.map(key).map((id) => ({
    taken: board.seats(id).taken,
    queue: board.seats(id).queue.map((answer) => answer.person),
    answers: [...board.seats(id).answers.keys()].sort(),
    hosts: [...board.hostsOf(id).keys()].sort(),
    notices: [...board.noticesOf(id).keys()].sort(),
    rsvps: PEOPLE.map((name) => [...board.rsvpsBy(person(name).id)].sort()),
    posts: [...board.postedBy(person('hugo').id).keys()].sort(),
    types: board.all('rsvp').length,
  }));

const rebuilt = (board: Board): Board => {
  const fresh = new Board();
  for (const record of board.records.values()) fresh.put(record.id, record);
  return fresh;
};

it(`B2, B3, B4, B10: hold at every commit of ${String(RUNS)} random sequences`, { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(capacity, many(act, 60), (seats, acts) => {
      const scene = start(seats);
      for (const next of acts) {
        if ('passes' in next) scene.now += next.passes * MINUTE;
        for (const { actor, command, id } of wishes(scene, next)) {
          const before = new Map(GATHERINGS.map((name) => [key(name), takenAt(scene.board, key(name))]));
          const decision = scene.does(actor, command, id);
          if (!('refusal' in decision)) check(scene, before);
        }
        expect(due(scene.board, scene.now), 'B8: what has been done is due no more').toEqual([]);
      }
      expect(indexes(scene.board), 'B10: indexes equal a rebuild').toEqual(indexes(rebuilt(scene.board)));
    }),
    { numRuns: RUNS },
  );
});

const AUDIENCES: readonly Audience[] = [
  'public',
  'organiser',
  ...GATHERINGS.flatMap((name): Audience[] => [`gathering/${key(name)}`, `host/${key(name)}`]),
  ...[...PEOPLE, 'hugo', 'olga'].map((name): Audience => `person/${person(name).id}`),
];

const byId = (views: Iterable<View>): Map<string, View> => new Map([...views].map((view) => [view.id, view]));

/** What an audience holds after being sent the touched views alone. */
const follow = (scene: Scene, audience: Audience, held: ReadonlyMap<string, View>, steps: readonly Step[]): Map<string, View> => {
  const ids = steps
    .flatMap((step) => touched(scene.board, step))
    .flatMap((view) => ('holders' in view ? [`my-rsvp/${view.holders}`] : view.audience === audience ? [view.view] : []))
    .filter((id) => audience.startsWith('person/') || !id.startsWith('my-rsvp/'));
  const views = ids.map((id) => [id, viewOf(scene.board, audience, id)] as const);
  return merge(held, {
    put: views.flatMap(([, view]) => view ?? []),
    gone: views.flatMap(([id, view]) => (view === undefined ? [id] : [])),
  });
};

it('N3, N6: touched views alone keep every audience equal to what it may see, however much one step holds', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(capacity, many(many(act, 12), 8), (seats, batches) => {
      const scene = start(seats);
      let held = new Map(AUDIENCES.map((audience) => [audience, byId(viewsFor(scene.board, audience))]));
      for (const batch of batches) {
        const records = new Map(scene.board.records);
        const ids = new Set<string>();
        for (const next of batch) {
          if ('passes' in next) scene.now += next.passes * MINUTE;
          for (const { actor, command, id: wish } of wishes(scene, next)) {
            const decision = scene.does(actor, command, wish);
            if ('refusal' in decision) continue;
            for (const id of [...(decision.gone ?? []), ...decision.put.map((record) => record.id)]) ids.add(id);
          }
        }
        const steps = [...ids].map((id) => ({ id, before: records.get(id), after: scene.board.records.get(id) }));
        held = new Map([...held].map(([audience, views]) => [audience, follow(scene, audience, views, steps)]));
        for (const [audience, views] of held) expect(views, audience).toEqual(byId(viewsFor(scene.board, audience)));
      }
    }),
    { numRuns: 800 },
  );
});
