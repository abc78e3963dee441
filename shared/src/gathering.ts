/** A gathering: what is on the board. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import type { NoticeLine } from './notice.ts';
import { addressSchema } from './place.ts';
import { importedLinkSchema, lineSchema, linkSchema, proseSchema } from './text.ts';

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

/** Stored: `host/<gathering>:<person>` – that person hosts that gathering. */
export interface HostRecord {
  readonly id: `host/${string}:${string}`;
  readonly type: 'host';
  readonly rev: number;
  readonly gathering: string;
  readonly person: string;
  readonly at: number;
}

/** Stored: `host-link/<token>` – whoever opens the link may host. Never in a view but its maker's own memory. */
export interface HostLinkRecord {
  readonly id: `host-link/${string}`;
  readonly type: 'host-link';
  readonly rev: number;
  readonly gathering: string;
  /** true: the one who made the link stops hosting when it is taken. */
  readonly handOver: boolean;
  readonly by: string;
  readonly expires: number;
}

/** What the list shows. Defaults are left out to keep frames small. Audience `public`. */
export interface CardView {
  readonly id: `card/${string}`;
  readonly title: string;
  readonly kind: Kind;
  readonly tags?: readonly string[];
  readonly languages?: readonly string[];
  /** Absent when only those going may see it. */
  readonly place?: string;
  readonly placeFor?: 'going';
  readonly start: number;
  readonly end: number;
  /** Absent: no limit. */
  readonly capacity?: number;
  /** Absent: 1. */
  readonly partyMax?: number;
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
  readonly address?: string;
  readonly link?: string;
  readonly price?: string;
  readonly registration?: string;
  /** Newest first. */
  readonly notices: readonly NoticeLine[];
}

/** What its hosts see of a gathering beyond the card. Audience `person/<host>`. */
export interface HostingView {
  readonly id: `hosting/${string}`;
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly place: string;
  readonly address: string;
  readonly hidden?: true;
}

/** What organisers see of a gathering. Audience `organiser`. */
export interface ModerationView {
  readonly id: `moderation/${string}`;
  readonly title: string;
  readonly start: number;
  readonly hosts: readonly { readonly person: string; readonly name: string; readonly banned?: true }[];
  readonly hidden?: true;
  readonly reports?: readonly { readonly name: string; readonly reason: ReportReason; readonly text?: string; readonly at: number }[];
}

export const REPORT_REASONS = ['spam', 'offensive', 'dangerous', 'wrong', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** Stored: `report/<gathering>:<person>`. */
export interface ReportRecord {
  readonly id: `report/${string}:${string}`;
  readonly type: 'report';
  readonly rev: number;
  readonly gathering: string;
  readonly person: string;
  readonly reason: ReportReason;
  readonly text: string;
  readonly at: number;
}

const epochMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(4_102_444_800_000));
const tagsSchema = v.pipe(v.array(lineSchema(GATHERING_LIMITS.tag)), v.maxLength(GATHERING_LIMITS.tags));
const languagesSchema = v.pipe(v.array(lineSchema(35)), v.maxLength(GATHERING_LIMITS.languages));
const capacitySchema = v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(GATHERING_LIMITS.capacity)));
const partyMaxSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(GATHERING_LIMITS.party));
const gatheringPlaceSchema = lineSchema(120, 0);
const placeForSchema = v.picklist(['all', 'going']);
const kindSchema = v.picklist(KINDS);

/** By anyone with a name. The gathering's id is made by the client. */
export const postGathering = v.strictObject({
  type: v.literal('postGathering'),
  gathering: idSchema,
  title: lineSchema(GATHERING_LIMITS.title),
  description: v.optional(proseSchema(GATHERING_LIMITS.description), ''),
  kind: kindSchema,
  tags: v.optional(tagsSchema, []),
  languages: v.optional(languagesSchema, []),
  place: v.optional(gatheringPlaceSchema, ''),
  address: v.optional(addressSchema, ''),
  placeFor: v.optional(placeForSchema, 'all'),
  start: epochMs,
  end: epochMs,
  capacity: v.optional(capacitySchema, null),
  partyMax: v.optional(partyMaxSchema, 1),
  link: v.optional(linkSchema, ''),
});

/** By a host. Absent fields stay. Place and times have commands of their own, because those concerned must be told. */
export const editGathering = v.strictObject({
  type: v.literal('editGathering'),
  gathering: idSchema,
  title: v.optional(lineSchema(GATHERING_LIMITS.title)),
  description: v.optional(proseSchema(GATHERING_LIMITS.description)),
  kind: v.optional(kindSchema),
  tags: v.optional(tagsSchema),
  languages: v.optional(languagesSchema),
  placeFor: v.optional(placeForSchema),
  capacity: v.optional(capacitySchema),
  partyMax: v.optional(partyMaxSchema),
  link: v.optional(linkSchema),
});

/** By a host: to another place. Those concerned are told. */
export const moveGathering = v.strictObject({
  type: v.literal('moveGathering'),
  gathering: idSchema,
  place: lineSchema(120),
  address: v.optional(addressSchema, ''),
});

/** By a host: to another time. Those concerned are told. */
export const postponeGathering = v.strictObject({
  type: v.literal('postponeGathering'),
  gathering: idSchema,
  start: epochMs,
  end: epochMs,
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

/** By a host: makes a link by which another person hosts too, or instead. The token is a secret of 22 characters. */
export const shareHosting = v.strictObject({
  type: v.literal('shareHosting'),
  gathering: idSchema,
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
  handOver: v.boolean(),
});

/** By whoever got the link. A link works once. */
export const acceptHosting = v.strictObject({ type: v.literal('acceptHosting'), token: v.pipe(v.string(), v.maxLength(32)) });

/** By an organiser: off the board, and back. */
export const hideGathering = v.strictObject({ type: v.literal('hideGathering'), gathering: idSchema, hidden: v.boolean() });

/** By anyone with a name: tells the organisers that something is wrong. */
export const reportGathering = v.strictObject({
  type: v.literal('reportGathering'),
  gathering: idSchema,
  reason: v.picklist(REPORT_REASONS),
  text: v.optional(lineSchema(280, 0), ''),
});

/** By an organiser: sets a gathering's reports aside. */
export const dismissReports = v.strictObject({ type: v.literal('dismissReports'), gathering: idSchema });

/** One gathering of an imported list. Absent: what is there stays. */
export const importedGathering = v.strictObject({
  /** Where the list has it, for the report: line (CSV), entry (iCalendar, JSON), counted from 1. */
  line: v.pipe(v.number(), v.safeInteger()),
  /** The id it gets if it is new. */
  gathering: idSchema,
  uid: v.optional(lineSchema(255)),
  key: v.optional(lineSchema(255)),
  title: lineSchema(GATHERING_LIMITS.title),
  description: v.optional(proseSchema(GATHERING_LIMITS.importedDescription)),
  kind: v.optional(kindSchema),
  tags: v.optional(tagsSchema),
  languages: v.optional(languagesSchema),
  place: v.optional(gatheringPlaceSchema),
  address: v.optional(addressSchema),
  placeFor: v.optional(placeForSchema),
  start: epochMs,
  end: epochMs,
  capacity: v.optional(capacitySchema),
  partyMax: v.optional(partyMaxSchema),
  link: v.optional(importedLinkSchema),
  hostName: v.optional(lineSchema(120, 0)),
  price: v.optional(lineSchema(80, 0)),
  registration: v.optional(lineSchema(80, 0)),
  closed: v.optional(v.boolean()),
  cancelled: v.optional(v.boolean()),
});
export type ImportedGathering = v.InferOutput<typeof importedGathering>;

/** By an organiser, over HTTP only: a part of a list. Key: `uid`, `key`, else title and start. */
export const importGatherings = v.strictObject({
  type: v.literal('importGatherings'),
  gatherings: v.pipe(v.array(importedGathering), v.maxLength(200)),
});

/** What became of each imported entry. */
export interface ImportResult {
  readonly added: readonly number[];
  readonly changed: readonly number[];
  readonly same: readonly number[];
  readonly skipped: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
}
