/** An RSVP: a person's answer to a gathering. No record = not coming. */
import * as v from 'valibot';
import { GATHERING_LIMITS } from './gathering.ts';
import { idSchema } from './ids.ts';
import type { NoticeLine } from './notice.ts';
import { MINUTE } from './time.ts';

/**
 * `declined`: a host took the person off the list; they cannot come back by themselves. `released`: the seat was given on, because the
 * person had not said that they come; they may ask again.
 */
export type RsvpStatus = 'going' | 'waitlisted' | 'declined' | 'released';

/** What a person with a seat says near the start. Silent: nothing yet. */
export type Arrival = 'onTheWay' | 'here';

/** From so long before the start on, whoever has a seat can say that they come; what they say then counts for that start alone. */
export const ARRIVAL_OPENS_MS = 60 * MINUTE;

/** Stored: `rsvp/<gathering>:<person>`. */
export interface RsvpRecord {
  readonly id: `rsvp/${string}:${string}`;
  readonly type: 'rsvp';
  readonly rev: number;
  readonly gathering: string;
  readonly person: string;
  readonly status: RsvpStatus;
  /** People, this person included. */
  readonly party: number;
  /** Place in the queue while waitlisted (B4). */
  readonly order?: number;
  /** true once a smaller party went first because this one did not fit (B4). */
  readonly passedOver?: boolean;
  /** When it was promoted from the waitlist, epoch ms. */
  readonly promotedAt?: number;
  /** What the person, or a host for them, said near the start, and when. */
  readonly arrival?: Arrival;
  readonly arrivalAt?: number;
  /** Counted, but named to the hosts alone. */
  readonly discreet?: boolean;
  readonly at: number;
}

/** My own answer, and what I am told. Audience `person/<me>`. */
export interface MyRsvpView {
  readonly id: `my-rsvp/${string}`;
  readonly status: RsvpStatus;
  readonly party: number;
  /** On the waitlist: 1 = next. */
  readonly position?: number;
  readonly passedOver?: true;
  readonly promotedAt?: number;
  /** Absent: silent so far. */
  readonly arrival?: Arrival;
  /** I am counted, but named to the hosts alone. */
  readonly discreet?: true;
  /** Rev of the record: a promotion newer than `readTo` is news. */
  readonly rev: number;
  /** Where it is, when only those going may see it. */
  readonly place?: string;
  readonly address?: string;
  /** What concerns me, newest first. */
  readonly notices?: readonly NoticeLine[];
  /** The organiser took the gathering off the board; its title, so that I know which. */
  readonly hiddenTitle?: string;
}

/** Who goes, as far as everyone may see. Audience `gathering/<id>`. */
export interface GuestsView {
  readonly id: `guests/${string}`;
  /** In order of taking a seat, at most 100. */
  readonly going: readonly { readonly name: string; readonly party: number }[];
  /** Parties beyond those shown, the discreet among them. */
  readonly more?: number;
}

/** Who goes, for its hosts. Audience `host/<id>`. */
export interface GuestListView {
  readonly id: `guest-list/${string}`;
  readonly guests: readonly {
    readonly person: string;
    readonly name: string;
    readonly status: RsvpStatus;
    readonly party: number;
    readonly position?: number;
    /** Absent: silent so far. */
    readonly arrival?: Arrival;
    /** Named here, and to nobody else. */
    readonly discreet?: true;
    readonly at: number;
  }[];
}

/**
 * By anyone with a name: a seat for a party, or a place on the waitlist; again with another size changes the party. `discreet`: counted,
 * but named to the hosts alone; left out, it stays as it was, and is not so at first.
 */
export const takeSeat = v.strictObject({
  type: v.literal('takeSeat'),
  gathering: idSchema,
  party: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(GATHERING_LIMITS.party)), 1),
  discreet: v.optional(v.boolean()),
});

/** By the person: not coming after all; also off the waitlist. */
export const giveBackSeat = v.strictObject({ type: v.literal('giveBackSeat'), gathering: idSchema });

/** By a host: takes a guest off the list. */
export const removeGuest = v.strictObject({ type: v.literal('removeGuest'), gathering: idSchema, person: idSchema });

/** By the person, near the start: on my way, or here. Not coming is `giveBackSeat`. */
export const sayArrival = v.strictObject({ type: v.literal('sayArrival'), gathering: idSchema, arrival: v.picklist(['onTheWay', 'here']) });

/** By a host: that guest is here; or, by mistake, was not. */
export const markHere = v.strictObject({ type: v.literal('markHere'), gathering: idSchema, person: idSchema, here: v.boolean() });

/** By the node itself, at the time of the host's rule (B8): silent seats are given on. */
export const releaseSeats = v.strictObject({ type: v.literal('releaseSeats'), gathering: idSchema });

/** What `takeSeat` answers. */
export interface SeatResult {
  readonly status: RsvpStatus;
  readonly position?: number;
}
