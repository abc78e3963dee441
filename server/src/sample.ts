/** A board full of life, to look at before one has one's own: "Sample week", around now. */
import type { Listed } from '@huddle/shared/deployment.ts';
import { idFrom } from '@huddle/shared/ids.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';
import { addDays, atDay, dayOf, MINUTE } from '@huddle/shared/time.ts';
import type { Actor } from './board/rule.ts';
import { GATHERINGS, PEOPLE, PLACES, type SampleGathering } from './sample-week.ts';

/** The sample board is in Hong Kong. */
export const SAMPLE_ZONE = 'Asia/Hong_Kong';
export const SAMPLE_SLUG = 'sample';

/** A command, on which board, and who sends it. Its id is made by whoever sends it. */
export interface SampleStep {
  /** `_`: the deployment's own. */
  readonly board: string;
  readonly actor: Actor;
  readonly command: CommandInput;
}

type Post = Extract<CommandInput, { type: 'postGathering' }>;

/** When it is: so many minutes from now, to the next five; or on a day ahead, at an hour. */
const startOf = ({ at }: SampleGathering, now: number, zone: string): number => {
  if (typeof at === 'number') return Math.floor(now / (5 * MINUTE)) * 5 * MINUTE + at * MINUTE;
  const [ahead, clock] = at;
  const [hour, minute] = clock.split(':').map(Number);
  return atDay(addDays(dayOf(now, zone), ahead), zone, hour, minute);
};

/** What its host, and the guests, do with a gathering once it stands. */
const afterPost = (
  spec: SampleGathering,
  post: Post,
  host: Actor,
  people: readonly Actor[],
  at: number,
): readonly (readonly [Actor, CommandInput])[] => {
  const { gathering, start, end } = post;
  const guests = Array.from({ length: spec.guests ?? 0 }, (_, index) => people[(at + 1 + index) % people.length]);
  const seats = guests.flatMap((guest, index): (readonly [Actor, CommandInput])[] =>
    guest === undefined || guest === host
      ? []
      : [[guest, { type: 'takeSeat', gathering, party: index === 0 ? (spec.firstParty ?? 1) : 1 }]],
  );
  const then = (spec.then ?? []).map((what): readonly [Actor, CommandInput] => {
    switch (what.kind) {
      case 'move':
        return [host, { type: 'moveGathering', gathering, place: what.place }];
      case 'postpone':
        return [host, { type: 'postponeGathering', gathering, start: start + what.minutes * MINUTE, end: end + what.minutes * MINUTE }];
      case 'close':
        return [host, { type: 'closeDoor', gathering, closed: true }];
      case 'cancel':
        return [host, { type: 'cancelGathering', gathering, text: what.text }];
      case 'say':
        return [host, { type: 'sendNotice', gathering, to: 'concerned', text: what.text }];
    }
  });
  return [...seats, ...then];
};

/**
 * Everything that makes the sample board, in order; nobody sends more than the limits allow at once (X6).
 * @param now epoch ms; the board runs from the day before it to four days after
 * @param zone in which the days of the board are cut
 * @param random as many random bytes as asked for
 */
export const sampleWeek = (now: number, zone: string, random: (bytes: number) => Uint8Array): readonly SampleStep[] => {
  const today = dayOf(now, zone);
  const organiserKey = idFrom(random(22));
  const admin: Actor = { kind: 'admin' };
  const people = PEOPLE.map((): Actor & { kind: 'person' } => ({ kind: 'person', id: idFrom(random(12)) }));
  const person = (index: number): Actor => people[index % people.length] ?? admin;
  const on = (actor: Actor, command: CommandInput): SampleStep => ({ board: SAMPLE_SLUG, actor, command });
  const posts = GATHERINGS.map((spec, at) => {
    const { title, kind, place, tags, languages, description, capacity, partyMax, placeFor, address } = spec;
    const start = startOf(spec, now, zone);
    const said = { title, kind, place, tags, languages, description, capacity, partyMax, placeFor, address };
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Pick<Post, 'title' | 'kind'>;
    const post: Post = { type: 'postGathering', gathering: idFrom(random(12)), start, end: start + spec.minutes * MINUTE, ...given };
    return { spec, post, host: person(at), at };
  });
  const listed: Listed = { slug: SAMPLE_SLUG, name: 'Sample week', from: addDays(today, -1), to: addDays(today, 4) };
  return [
    on(admin, { type: 'createBoard', ...listed, zone, organiserKey }),
    { board: '_', actor: admin, command: { type: 'listBoard', ...listed } },
    ...people.map((actor, at) => on(actor, { type: 'setName', name: PEOPLE[at] ?? '' })),
    on(person(0), { type: 'becomeOrganiser', key: organiserKey }),
    ...PLACES.map(({ name, address }) => on(admin, { type: 'putPlace', place: idFrom(random(12)), name, address })),
    ...posts.map(({ host, post }) => on(host, post)),
    ...posts.flatMap(({ spec, post, host, at }) => afterPost(spec, post, host, people, at).map(([actor, command]) => on(actor, command))),
    on(person(0), {
      type: 'announce',
      text: 'Welcome! This is a sample board: take a seat, post something, try everything. 歡迎隨便試試!',
    }),
  ];
};
