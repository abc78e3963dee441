/** Which audience sees which view, and which views a changed record touches. Each noun makes its own. */
import type { Audience, View } from '@huddle/shared/protocol.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import type { Board } from './board.ts';
import { cardView, detailsView, seatsView } from './gathering.ts';
import { hostingView } from './hosting.ts';
import { joinCodeView } from './join.ts';
import { bannedView, moderationView } from './moderation.ts';
import { noticeView } from './notice.ts';
import { meView } from './person.ts';
import { placeView } from './place.ts';
import { planLinkView } from './plan.ts';
import { pushView } from './push.ts';
import type { KnownRecord, StoredRecord } from './records.ts';
import type { Actor } from './rule.ts';
import { guestListView, guestsView, myRsvpView } from './rsvp.ts';
import { boardView } from './self.ts';

/** What each noun of a view's id makes of it. `person` is the audience's own, where it is one person. */
const VIEWS: Readonly<Record<string, (board: Board, key: string, person: string) => View | undefined>> = {
  board: boardView,
  'join-code': joinCodeView,
  place: placeView,
  notice: noticeView,
  card: cardView,
  seats: seatsView,
  details: detailsView,
  guests: guestsView,
  'guest-list': guestListView,
  moderation: moderationView,
  banned: bannedView,
  me: meView,
  'my-rsvp': myRsvpView,
  hosting: hostingView,
  'plan-link': planLinkView,
  push: pushView,
};

const split = (id: string): [string, string] => {
  const slash = id.indexOf('/');
  return slash < 0 ? [id, ''] : [id.slice(0, slash), id.slice(slash + 1)];
};

/** One view as its audience sees it now; undefined when there is none (any more). */
export const viewOf = (board: Board, audience: Audience, id: string): View | undefined => {
  const [noun, key] = split(id);
  return VIEWS[noun]?.(board, key, split(audience)[1]);
};

/** Ids of everything an audience may see now. */
const idsFor = (board: Board, audience: Audience): string[] => {
  const [noun, key] = split(audience);
  switch (noun) {
    case 'public':
      return [
        ...board.all('board').map(({ id }) => id),
        ...board.all('place').map(({ id }) => id),
        ...[...board.noticesOf('').keys()],
        ...[...board.gatherings.keys()].flatMap((gathering) => [`card/${gathering}`, `seats/${gathering}`]),
      ];
    case 'gathering':
      return [`details/${key}`, `guests/${key}`];
    case 'host':
      return [`guest-list/${key}`];
    case 'person':
      return [
        `me/${key}`,
        `plan-link/${key}`,
        ...[...board.pushOf(key).keys()].map((id) => `push/${id.slice(id.indexOf(':') + 1)}`),
        ...[...board.rsvpsBy(key)].map((gathering) => `my-rsvp/${gathering}`),
        ...[...board.hostedBy(key).keys()].map((gathering) => `hosting/${gathering}`),
      ];
    case 'organiser':
      return [
        ...board.all('board').map(({ slug }) => `join-code/${slug}`),
        ...[...board.gatherings.keys()].map((gathering) => `moderation/${gathering}`),
        ...board.all('person').flatMap((person) => (person.banned ? [`banned/${split(person.id)[1]}`] : [])),
      ];
    default:
      return [];
  }
};

/** Everything an audience may see now. */
export const viewsFor = (board: Board, audience: Audience): View[] =>
  idsFor(board, audience).flatMap((id) => viewOf(board, audience, id) ?? []);

/** Whether this one belongs to that audience – from the server's own knowledge alone (B6, X5). */
export const maySee = (board: Board, audience: Audience, actor: Actor | undefined): boolean => {
  const [noun, key] = split(audience);
  const person = actor?.kind === 'person' ? actor.id : '';
  const { organiser = false, banned = false } = board.person(person) ?? {};
  const organises = actor?.kind === 'admin' || (organiser && !banned);
  const hosts = board.hostsOf(key).has(person) && !banned;
  switch (noun) {
    case 'public':
      return true;
    case 'gathering':
      return board.gathering(key)?.hidden === false || (board.gathering(key) !== undefined && (hosts || organises));
    case 'host':
      return board.gathering(key) !== undefined && (hosts || organises);
    case 'person':
      return person !== '' && person === key;
    case 'organiser':
      return organises;
    default:
      return false;
  }
};

/**
 * A view that changed: of one audience, or (`holders`) `my-rsvp/<gathering>` of everyone with an answer to it, expanded only to those
 * who are connected.
 */
export type Touched = { readonly audience: Audience; readonly view: string } | { readonly holders: string };

/** A record before and after a commit. */
export interface Step {
  readonly id: string;
  readonly before: StoredRecord | undefined;
  readonly after: StoredRecord | undefined;
}

const PUBLIC = 'public';

/** The public views that a record shows in; needs its id and the present board alone, so that a stored tail is enough (N6). */
export const publicViews = (board: Board, id: string): string[] => {
  const [type, key] = split(id);
  const [gathering = ''] = key.split(':');
  switch (type) {
    case 'board':
    case 'place':
      return [id];
    case 'gathering':
      return [`card/${key}`, `seats/${key}`];
    case 'rsvp':
      return [`seats/${gathering}`];
    case 'host':
      return [`card/${gathering}`];
    case 'person':
      return [...board.hostedBy(key).keys()].map((hosted) => `card/${hosted}`);
    case 'notice': {
      const about = board.get('notice', key)?.gathering;
      return [about === undefined ? id : `card/${about}`];
    }
    default:
      return [];
  }
};

/**
 * Whether those waiting behind move up: someone left their place in the queue. A step may hold more than one commit, or one of many
 * commands, so whoever left may be waiting again, further back.
 */
const leftQueue = (before: RsvpRecord | undefined, after: RsvpRecord | undefined): boolean =>
  before?.status === 'waitlisted' && (after?.status !== 'waitlisted' || after.order !== before.order);

/** Every view that a step touches, for every audience. */
export const touched = (board: Board, step: Step): Touched[] => {
  const all: Touched[] = publicViews(board, step.id).map((view) => ({ audience: PUBLIC, view }));
  const record = (step.after ?? step.before) as KnownRecord | undefined;
  const [, key] = split(step.id);
  switch (record?.type) {
    case 'board':
      all.push({ audience: 'organiser', view: `join-code/${key}` });
      break;
    case 'gathering':
      all.push(
        { audience: `gathering/${key}`, view: `details/${key}` },
        { audience: 'organiser', view: `moderation/${key}` },
        { audience: `host/${key}`, view: `guest-list/${key}` },
        { holders: key },
      );
      for (const person of board.hostsOf(key).keys()) all.push({ audience: `person/${person}`, view: `hosting/${key}` });
      break;
    case 'rsvp': {
      const { gathering, person } = record;
      all.push(
        { audience: `gathering/${gathering}`, view: `guests/${gathering}` },
        { audience: `host/${gathering}`, view: `guest-list/${gathering}` },
        { audience: `person/${person}`, view: `my-rsvp/${gathering}` },
      );
      if (leftQueue(step.before as RsvpRecord | undefined, step.after as RsvpRecord | undefined)) all.push({ holders: gathering });
      break;
    }
    case 'host':
      all.push({ audience: `person/${record.person}`, view: `hosting/${record.gathering}` });
      all.push({ audience: 'organiser', view: `moderation/${record.gathering}` });
      break;
    case 'notice':
      if (record.gathering !== undefined)
        all.push({ audience: `gathering/${record.gathering}`, view: `details/${record.gathering}` }, { holders: record.gathering });
      break;
    case 'person':
      all.push({ audience: `person/${key}`, view: `me/${key}` }, { audience: 'organiser', view: `banned/${key}` });
      for (const hosted of board.hostedBy(key).keys()) {
        all.push({ audience: 'organiser', view: `moderation/${hosted}` }, { audience: `person/${key}`, view: `hosting/${hosted}` });
      }
      for (const held of board.rsvpsBy(key)) {
        all.push({ audience: `gathering/${held}`, view: `guests/${held}` }, { audience: `host/${held}`, view: `guest-list/${held}` });
      }
      break;
    case 'plan-link':
      all.push({ audience: `person/${key}`, view: step.id });
      break;
    case 'push':
      all.push({ audience: `person/${record.person}`, view: `push/${key.slice(key.indexOf(':') + 1)}` });
      break;
    case 'report':
      all.push({ audience: 'organiser', view: `moderation/${record.gathering}` });
      break;
    default: // shown to nobody
  }
  return all;
};
