/**
 * Everything that crosses the wire: two closed maps of messages, the commands, and the lists of codes that say what happened.
 * Types only where possible, so that a phone loads no schema.
 */
import type * as v from 'valibot';
import * as board from './board.ts';
import type * as boards from './board.ts';
import * as deletion from './deletion.ts';
import * as deployment from './deployment.ts';
import * as gathering from './gathering.ts';
import * as hosting from './hosting.ts';
import { idSchema } from './ids.ts';
import * as lists from './import.ts';
import * as join from './join.ts';
import type { Delta } from './merge.ts';
import * as moderation from './moderation.ts';
import * as move from './move.ts';
import * as notice from './notice.ts';
import * as passkey from './passkey.ts';
import * as person from './person.ts';
import * as place from './place.ts';
import * as plan from './plan.ts';
import * as push from './push.ts';
import * as rsvp from './rsvp.ts';
import * as session from './session.ts';

/** Raised when an older client can no longer be served (B9). */
export const PROTOCOL_VERSION = 1;

/** A command's largest size on a socket, in bytes of JSON: room for a post with two long descriptions in Chinese. */
export const COMMAND_BYTES = 16_384;

/** Every command there is, by type. One strict schema each; unknown keys are refused. */
export const COMMANDS = {
  createBoard: board.createBoard,
  editBoard: board.editBoard,
  setJoinCode: join.setJoinCode,
  joinBoard: join.joinBoard,
  putPlace: place.putPlace,
  removePlace: place.removePlace,
  setName: person.setName,
  markRead: person.markRead,
  becomeOrganiser: person.becomeOrganiser,
  banPerson: person.banPerson,
  postGathering: gathering.postGathering,
  editGathering: gathering.editGathering,
  moveGathering: gathering.moveGathering,
  postponeGathering: gathering.postponeGathering,
  closeDoor: gathering.closeDoor,
  endGathering: gathering.endGathering,
  cancelGathering: gathering.cancelGathering,
  shareHosting: hosting.shareHosting,
  acceptHosting: hosting.acceptHosting,
  expireHostLink: hosting.expireHostLink,
  hideGathering: moderation.hideGathering,
  reportGathering: moderation.reportGathering,
  dismissReports: moderation.dismissReports,
  importGatherings: lists.importGatherings,
  takeSeat: rsvp.takeSeat,
  giveBackSeat: rsvp.giveBackSeat,
  removeGuest: rsvp.removeGuest,
  sayArrival: rsvp.sayArrival,
  markHere: rsvp.markHere,
  releaseSeats: rsvp.releaseSeats,
  sendNotice: notice.sendNotice,
  remindGuests: notice.remindGuests,
  announce: notice.announce,
  withdrawAnnouncement: notice.withdrawAnnouncement,
  linkPlan: plan.linkPlan,
  unlinkPlan: plan.unlinkPlan,
  subscribePush: push.subscribePush,
  unsubscribePush: push.unsubscribePush,
  dropPush: push.dropPush,
  listBoard: deployment.listBoard,
  ensureSecret: deployment.ensureSecret,
  endSessions: session.endSessions,
  expireEpoch: session.expireEpoch,
  openMove: move.openMove,
  takeMove: move.takeMove,
  expireMove: move.expireMove,
  addPasskey: passkey.addPasskey,
  usePasskey: passkey.usePasskey,
  removePasskey: passkey.removePasskey,
  deletePerson: deletion.deletePerson,
  forgetPerson: deletion.forgetPerson,
  endDeletion: deletion.endDeletion,
} as const;

export type CommandType = keyof typeof COMMANDS;

/** A wish, parsed. */
export type Command = { [T in CommandType]: v.InferOutput<(typeof COMMANDS)[T]> }[CommandType];

/** A wish as a client writes it: fields with defaults may be left out. */
export type CommandInput = { [T in CommandType]: v.InferInput<(typeof COMMANDS)[T]> }[CommandType];

/** One kind of command, parsed. */
export type CommandOf<T extends CommandType> = v.InferOutput<(typeof COMMANDS)[T]>;

/** On the wire a command carries its client-made id (B7). */
export type SentCommand = CommandInput & { readonly id: string };

/** The id that every command carries. */
export const commandIdSchema = idSchema;

/**
 * Why a command had no effect. Closed; sentences for people live in the client.
 * `retry`: the store is away, the same id may be sent again. `signedOut`: the session that was shown is over; without one, all is open.
 */
export const REFUSALS = [
  'invalid',
  'idReused',
  'idTaken',
  'forbidden',
  'banned',
  'codeNeeded',
  'codeWrong',
  'nameNeeded',
  'notFound',
  'partyTooLarge',
  'declined',
  'noSeat',
  'over',
  'cancelled',
  'hidden',
  'linkExpired',
  'tooMany',
  'tooLarge',
  'retry',
  'sessionNeeded',
  'signedOut',
  'internal',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** A refusal as data: returned, never thrown. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The field that `invalid` is about. */
  readonly field?: string;
  /** For programs and logs, in English. */
  readonly message?: string;
  /** When to come back, with `tooMany` and `retry`. */
  readonly retryAfterMs?: number;
}

/** The answer to a command. `rev`: the board's revision that holds its effect. */
export type Ack = { readonly ok: true; readonly rev: number; readonly result?: unknown } | ({ readonly ok: false } & Refusal);

/** `<rev>.<token>`: the head a client has seen. */
export type Cursor = `${number}.${string}`;

/** Who may see a view: one string. */
export type Audience = 'public' | 'organiser' | `gathering/${string}` | `host/${string}` | `person/${string}`;

/** What a phone ever gets. */
export type View =
  | boards.BoardView
  | join.JoinCodeView
  | place.PlaceView
  | notice.NoticeView
  | gathering.CardView
  | gathering.SeatsView
  | gathering.DetailsView
  | hosting.HostingView
  | moderation.ModerationView
  | rsvp.MyRsvpView
  | rsvp.GuestsView
  | rsvp.GuestListView
  | person.MeView
  | plan.PlanLinkView
  | push.PushView
  | person.BannedView;

/** Each view by the noun that its id begins with. */
export interface ViewByNoun {
  board: boards.BoardView;
  'join-code': join.JoinCodeView;
  place: place.PlaceView;
  notice: notice.NoticeView;
  card: gathering.CardView;
  seats: gathering.SeatsView;
  details: gathering.DetailsView;
  hosting: hosting.HostingView;
  moderation: moderation.ModerationView;
  'my-rsvp': rsvp.MyRsvpView;
  guests: rsvp.GuestsView;
  'guest-list': rsvp.GuestListView;
  me: person.MeView;
  'plan-link': plan.PlanLinkView;
  push: push.PushView;
  banned: person.BannedView;
}

/** A change to one audience's views. With a cursor, everything up to it has been sent. */
export interface Change extends Delta<View> {
  readonly audience: Audience;
  readonly cursor?: Cursor;
}

/** Said once a connection stands. `views`: the whole of `person/<me>`, where there is a session. */
export interface Welcome {
  readonly version: number;
  readonly serverNow: number;
  readonly person?: string;
  readonly views?: readonly View[];
  /** Present when the session that was shown is over: what the phone keeps of that person goes (X8). */
  readonly signedOut?: true;
  /** Present when commits are not guaranteed to survive a power loss (S4, `HUDDLE_DURABILITY=relaxed`). */
  readonly relaxed?: true;
}

/** Why the server hangs up. */
export const BYES = {
  /** The node leaves; another one stands. */
  leaving: { comeBack: true },
  /** Too many arrive at once. */
  busy: { comeBack: true },
  /** This connection reads too slowly. */
  slow: { comeBack: true },
  /** An organiser has banned this person from the board: they may go on reading it (X8). */
  banned: { comeBack: true },
  /** This session is over: nobody in particular may come back (X8). */
  signedOut: { comeBack: true },
  /** No such board. */
  noBoard: { comeBack: false },
  /** The page is too old. */
  upgrade: { comeBack: false },
} as const satisfies Record<string, { comeBack: boolean }>;
export interface Bye {
  readonly code: keyof typeof BYES;
  readonly comeBackAfterMs?: number;
}

/** The answer to `resume`: what was missed, or "take a new snapshot". */
export type ResumeAnswer = { readonly change: Change } | { readonly startOver: true };

/** The answer to `open`: all of the audience's views (`whole`), or why not. */
export type OpenAnswer = { readonly ok: true; readonly change: Change } | ({ readonly ok: false } & Refusal);

/** From a phone. */
export interface ClientMessages {
  resume: (request: { readonly cursor?: Cursor }, answer: (answer: ResumeAnswer) => void) => void;
  command: (command: SentCommand, answer: (ack: Ack) => void) => void;
  open: (request: { readonly audience: Audience }, answer: (answer: OpenAnswer) => void) => void;
  close: (request: { readonly audience: Audience }) => void;
}

/** To a phone. */
export interface ServerMessages {
  welcome: (welcome: Welcome) => void;
  change: (change: Change) => void;
  /** The store is away, or back: what is shown may be old (R8). */
  standing: (standing: { readonly live: boolean }) => void;
  bye: (bye: Bye) => void;
}

/** What a socket says of itself when it connects. */
export interface Handshake {
  readonly board: string;
  readonly version: number;
}

/** A gathering in a snapshot: its card with its seats. */
export type SnapshotGathering = Omit<gathering.CardView, 'id'> & Omit<gathering.SeatsView, 'id'> & { readonly id: string };

/** `GET /api/boards/:board`: everything that audience `public` sees, compact and cacheable. */
export interface Snapshot {
  readonly cursor: Cursor;
  readonly serverNow: number;
  readonly board: boards.BoardView;
  readonly places: readonly place.PlaceView[];
  readonly notices: readonly notice.NoticeView[];
  readonly gatherings: readonly SnapshotGathering[];
}

/** A snapshot as the change that it is, so that socket, HTTP and cache share one merge (C8). It replaces, never adds (N6). */
export const snapshotChange = (snapshot: Snapshot): Change => ({
  audience: 'public',
  cursor: snapshot.cursor,
  whole: true,
  put: [
    snapshot.board,
    ...snapshot.places,
    ...snapshot.notices,
    ...snapshot.gatherings.flatMap(({ id, taken, waiting, ...card }): View[] => [
      { id: `card/${id}`, ...card },
      { id: `seats/${id}`, taken, ...(waiting === undefined ? {} : { waiting }) },
    ]),
  ],
});
