/** A person: a guest with a name, made when the first command needs one. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { lineSchema } from './text.ts';

/** Stored: `person/<id>`. */
export interface PersonRecord {
  readonly id: `person/${string}`;
  readonly type: 'person';
  readonly rev: number;
  /** Empty until given. */
  readonly name: string;
  readonly organiser: boolean;
  readonly banned: boolean;
  /** Notices with a rev above this are unread. */
  readonly readTo: number;
  /** The join code that this person has shown. */
  readonly joinedWith?: string;
}

/** What I know of myself. Audience `person/<me>`. */
export interface MeView {
  readonly id: `me/${string}`;
  readonly name: string;
  readonly organiser?: true;
  readonly banned?: true;
  readonly readTo: number;
}

/** A banned person, for organisers. Audience `organiser`. */
export interface BannedView {
  readonly id: `banned/${string}`;
  readonly name: string;
}

/** By the person: the name others see. */
export const setName = v.strictObject({ type: v.literal('setName'), name: lineSchema(60) });

/** By the person: notices up to this rev are read, on every device. */
export const markRead = v.strictObject({ type: v.literal('markRead'), to: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) });

/** By whoever holds the printed link. */
export const becomeOrganiser = v.strictObject({ type: v.literal('becomeOrganiser'), key: v.pipe(v.string(), v.maxLength(64)) });

/** By an organiser. A ban gives up the person's seats, and ends their part in the board; lifting it restores nothing. */
export const banPerson = v.strictObject({ type: v.literal('banPerson'), person: idSchema, banned: v.boolean() });
