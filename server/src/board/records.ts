/** Everything that a board stores, as one union. */
import type { BoardRecord } from '@huddle/shared/board.ts';
import type { DeletionRecord } from '@huddle/shared/deletion.ts';
import type { ListingRecord, SecretRecord } from '@huddle/shared/deployment.ts';
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { HostLinkRecord, HostRecord } from '@huddle/shared/hosting.ts';
import type { ReportRecord } from '@huddle/shared/moderation.ts';
import type { MoveRecord } from '@huddle/shared/move.ts';
import type { NoticeRecord } from '@huddle/shared/notice.ts';
import type { PasskeyRecord } from '@huddle/shared/passkey.ts';
import type { PersonRecord } from '@huddle/shared/person.ts';
import type { PlaceRecord } from '@huddle/shared/place.ts';
import type { PlanLinkRecord } from '@huddle/shared/plan.ts';
import type { PushRecord } from '@huddle/shared/push.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';
import type { EpochRecord } from '@huddle/shared/session.ts';

export type KnownRecord =
  | BoardRecord
  | DeletionRecord
  | EpochRecord
  | GatheringRecord
  | HostLinkRecord
  | HostRecord
  | ListingRecord
  | MoveRecord
  | NoticeRecord
  | PasskeyRecord
  | PersonRecord
  | PlaceRecord
  | PlanLinkRecord
  | PushRecord
  | ReportRecord
  | RsvpRecord
  | SecretRecord;

/** What the store keeps. Fields and types that this release does not know are kept and written back (B9). */
export interface StoredRecord {
  readonly id: string;
  readonly type: string;
  /** The board's rev at which it was last written. */
  readonly rev: number;
}

/** A gathering of which nothing more is said. */
export const GATHERING_DEFAULTS = {
  description: '',
  kind: 'other',
  tags: [],
  languages: [],
  second: null,
  place: '',
  address: '',
  placeFor: 'all',
  capacity: null,
  partyMax: 1,
  releaseAfter: 0,
  link: '',
  hostName: '',
  price: '',
  registration: '',
  closed: false,
  cancelled: false,
  hidden: false,
} as const satisfies Partial<GatheringRecord>;

/** What a record of an earlier release may lack (B9): fields are only ever added, and get their default here. */
const DEFAULTS: { readonly [T in KnownRecord['type']]?: Partial<Extract<KnownRecord, { type: T }>> } = {
  gathering: GATHERING_DEFAULTS,
  person: { name: '', organiser: false, banned: false, readTo: 0 },
  place: { address: '' },
  notice: { text: '', to: 'concerned' },
  rsvp: { party: 1 },
};

/** Their fields, listed once: a large board asks for each of its records. */
const FIELDS = new Map(Object.entries(DEFAULTS).map(([type, defaults]) => [type, { defaults, names: Object.keys(defaults) }]));

/** The record with every field this release expects, and every field it does not know (B9). */
export const withDefaults = (record: StoredRecord): StoredRecord => {
  const fields = FIELDS.get(record.type);
  if (fields === undefined) return record;
  for (const name of fields.names) if (!(name in record)) return { ...fields.defaults, ...record };
  return record;
};
