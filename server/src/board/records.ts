/** Everything that a board stores, as one union. */
import type { BoardRecord } from '@huddle/shared/board.ts';
import type { ListingRecord, SecretRecord } from '@huddle/shared/deployment.ts';
import type { GatheringRecord, HostLinkRecord, HostRecord, ReportRecord } from '@huddle/shared/gathering.ts';
import type { NoticeRecord } from '@huddle/shared/notice.ts';
import type { PersonRecord } from '@huddle/shared/person.ts';
import type { PlaceRecord } from '@huddle/shared/place.ts';
import type { RsvpRecord } from '@huddle/shared/rsvp.ts';

export type KnownRecord =
  | BoardRecord
  | GatheringRecord
  | HostLinkRecord
  | HostRecord
  | ListingRecord
  | NoticeRecord
  | PersonRecord
  | PlaceRecord
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
