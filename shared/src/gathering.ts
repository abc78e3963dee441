/** A gathering: what is on the board. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { LANGUAGES, prefersSecond, type Language } from './language.ts';
import type { NoticeLine } from './notice.ts';
import { addressSchema } from './place.ts';
import { lineSchema, linkSchema, proseSchema } from './text.ts';

export const KINDS = ['corner', 'party', 'demo', 'talk', 'meal', 'workshop', 'meetup', 'conference', 'hackathon', 'expo', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** Limits that forms show and rules check. Lengths in graphemes, times in ms. */
export const GATHERING_LIMITS = {
  title: 120,
  description: 2000,
  importedDescription: 8000,
  tags: 12,
  tag: 40,
  languages: 8,
  capacity: 10_000,
  party: 10,
  length: 24 * 3_600_000,
} as const;

/** Minutes after which a silent seat may be given on; 0: never. Silent is who has not said that they are on their way, or here. */
export const RELEASE_AFTER = [0, 5, 10, 15] as const;
export type ReleaseAfter = (typeof RELEASE_AFTER)[number];

/** What a gathering says of itself in a second language; in which one its own words are is nowhere said. */
export interface Second {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
}

/** Stored: `gathering/<id>`. Who hosts it stands in `host/<gathering>:<person>` records. */
export interface GatheringRecord {
  readonly id: `gathering/${string}`;
  readonly type: 'gathering';
  readonly rev: number;
  readonly title: string;
  readonly description: string;
  readonly kind: Kind;
  readonly tags: readonly string[];
  /** BCP 47 where known, else the word that was given. */
  readonly languages: readonly string[];
  /** null: none. */
  readonly second: Second | null;
  readonly place: string;
  readonly address: string;
  /** Who sees place and address: everybody, or those going (and its hosts). */
  readonly placeFor: 'all' | 'going';
  /** Epoch ms. */
  readonly start: number;
  readonly end: number;
  /** null: no limit. */
  readonly capacity: number | null;
  /** Largest party one RSVP may bring, the person included; 1 = no +n. */
  readonly partyMax: number;
  /** The host's rule for silent seats, in minutes after the start; of no effect without a capacity. */
  readonly releaseAfter: ReleaseAfter;
  /** Deck or sign-up; empty for none. */
  readonly link: string;
  /** Host as an imported list names it; empty where people host it. */
  readonly hostName: string;
  readonly price: string;
  readonly registration: string;
  /** "Full, door closed": nobody gets in or is promoted until it is opened again. */
  readonly closed: boolean;
  readonly cancelled: boolean;
  /** Taken off the board by an organiser. */
  readonly hidden: boolean;
  readonly createdAt: number;
  /** The person who posted it; absent for an imported one. */
  readonly createdBy?: string;
  /** What an imported list calls it: an iCalendar UID, or another list's own id. */
  readonly source?: { readonly uid?: string; readonly key?: string };
}

/** What the list shows. Defaults are left out to keep frames small. Audience `public`. */
export interface CardView {
  readonly id: `card/${string}`;
  readonly title: string;
  readonly kind: Kind;
  readonly tags?: readonly string[];
  readonly languages?: readonly string[];
  readonly second?: Pick<Second, 'language' | 'title'>;
  /** Absent when only those going may see it. */
  readonly place?: string;
  readonly placeFor?: 'going';
  readonly start: number;
  readonly end: number;
  /** Absent: no limit. */
  readonly capacity?: number;
  /** Absent: 1. */
  readonly partyMax?: number;
  /** Absent: silent seats are kept. */
  readonly releaseAfter?: ReleaseAfter;
  readonly hosts: readonly string[];
  readonly closed?: true;
  readonly cancelled?: true;
  /** The newest one. */
  readonly notice?: NoticeLine;
}

/** How full it is; a view of its own because it changes often. Audience `public`. */
export interface SeatsView {
  readonly id: `seats/${string}`;
  /** Seats taken, in people. */
  readonly taken: number;
  /** Parties on the waitlist. */
  readonly waiting?: number;
}

/** What the gathering's page adds to the card. Audience `gathering/<id>`. */
export interface DetailsView {
  readonly id: `details/${string}`;
  readonly description?: string;
  /** In the card's second language. */
  readonly secondDescription?: string;
  readonly address?: string;
  readonly link?: string;
  readonly price?: string;
  readonly registration?: string;
  /** Newest first. */
  readonly notices: readonly NoticeLine[];
}

/** The title that a reader of that language is shown first. */
export const titleFor = ({ title, second }: Pick<GatheringRecord | CardView, 'title' | 'second'>, reader: Language): string =>
  second && prefersSecond(reader, title, second.language) ? second.title : title;

const epochMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(4_102_444_800_000));

/** @param longest description, in graphemes */
export const secondSchema = (longest: number) =>
  v.nullable(
    v.strictObject({
      language: v.picklist(LANGUAGES),
      title: lineSchema(GATHERING_LIMITS.title),
      description: v.optional(proseSchema(longest), ''),
    }),
  );

/** What each field of a gathering may be, whoever sends it: a post, an edit, an imported list. */
export const gatheringFields = {
  title: lineSchema(GATHERING_LIMITS.title),
  kind: v.picklist(KINDS),
  tags: v.pipe(v.array(lineSchema(GATHERING_LIMITS.tag)), v.maxLength(GATHERING_LIMITS.tags)),
  languages: v.pipe(v.array(lineSchema(35)), v.maxLength(GATHERING_LIMITS.languages)),
  place: lineSchema(120, 0),
  address: addressSchema,
  placeFor: v.picklist(['all', 'going']),
  start: epochMs,
  end: epochMs,
  capacity: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(GATHERING_LIMITS.capacity))),
  partyMax: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(GATHERING_LIMITS.party)),
  releaseAfter: v.picklist(RELEASE_AFTER),
};

/** By anyone with a name. The gathering's id is made by the client. */
export const postGathering = v.strictObject({
  type: v.literal('postGathering'),
  gathering: idSchema,
  title: gatheringFields.title,
  description: v.optional(proseSchema(GATHERING_LIMITS.description), ''),
  kind: gatheringFields.kind,
  tags: v.optional(gatheringFields.tags, []),
  languages: v.optional(gatheringFields.languages, []),
  second: v.optional(secondSchema(GATHERING_LIMITS.description), null),
  place: v.optional(gatheringFields.place, ''),
  address: v.optional(gatheringFields.address, ''),
  placeFor: v.optional(gatheringFields.placeFor, 'all'),
  start: gatheringFields.start,
  end: gatheringFields.end,
  capacity: v.optional(gatheringFields.capacity, null),
  partyMax: v.optional(gatheringFields.partyMax, 1),
  releaseAfter: v.optional(gatheringFields.releaseAfter, 0),
  link: v.optional(linkSchema, ''),
});

/** By a host. Absent fields stay. Place and times have commands of their own, because those concerned must be told. */
export const editGathering = v.strictObject({
  type: v.literal('editGathering'),
  gathering: idSchema,
  title: v.optional(gatheringFields.title),
  description: v.optional(proseSchema(GATHERING_LIMITS.description)),
  kind: v.optional(gatheringFields.kind),
  tags: v.optional(gatheringFields.tags),
  languages: v.optional(gatheringFields.languages),
  /** null takes it away. */
  second: v.optional(secondSchema(GATHERING_LIMITS.description)),
  placeFor: v.optional(gatheringFields.placeFor),
  capacity: v.optional(gatheringFields.capacity),
  partyMax: v.optional(gatheringFields.partyMax),
  releaseAfter: v.optional(gatheringFields.releaseAfter),
  link: v.optional(linkSchema),
});

/** By a host: to another place. Those concerned are told. */
export const moveGathering = v.strictObject({
  type: v.literal('moveGathering'),
  gathering: idSchema,
  place: lineSchema(120),
  address: v.optional(gatheringFields.address, ''),
});

/** By a host: to another time. Those concerned are told. */
export const postponeGathering = v.strictObject({
  type: v.literal('postponeGathering'),
  gathering: idSchema,
  start: gatheringFields.start,
  end: gatheringFields.end,
});

/** By a host: "full, door closed", and open again. */
export const closeDoor = v.strictObject({ type: v.literal('closeDoor'), gathering: idSchema, closed: v.boolean() });

/** By a host: over now. */
export const endGathering = v.strictObject({ type: v.literal('endGathering'), gathering: idSchema });

/** By a host: will not take place. For good. */
export const cancelGathering = v.strictObject({
  type: v.literal('cancelGathering'),
  gathering: idSchema,
  text: v.optional(lineSchema(280, 0), ''),
});
