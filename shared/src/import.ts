/** Importing a list: one entry as it comes in, and what became of each. */
import * as v from 'valibot';
import { GATHERING_LIMITS, gatheringFields, secondSchema } from './gathering.ts';
import { idSchema } from './ids.ts';
import { importedLinkSchema, lineSchema, proseSchema } from './text.ts';

/** One gathering of an imported list. Absent: what is there stays. */
export const importedGathering = v.strictObject({
  /** Where the list has it, for the report: line (CSV), entry (iCalendar, JSON), counted from 1. */
  line: v.pipe(v.number(), v.safeInteger()),
  /** The id it gets if it is new. */
  gathering: idSchema,
  uid: v.optional(lineSchema(255)),
  key: v.optional(lineSchema(255)),
  title: gatheringFields.title,
  description: v.optional(proseSchema(GATHERING_LIMITS.importedDescription)),
  kind: v.optional(gatheringFields.kind),
  tags: v.optional(gatheringFields.tags),
  languages: v.optional(gatheringFields.languages),
  second: v.optional(secondSchema(GATHERING_LIMITS.importedDescription)),
  place: v.optional(gatheringFields.place),
  address: v.optional(gatheringFields.address),
  placeFor: v.optional(gatheringFields.placeFor),
  start: gatheringFields.start,
  end: gatheringFields.end,
  capacity: v.optional(gatheringFields.capacity),
  partyMax: v.optional(gatheringFields.partyMax),
  releaseAfter: v.optional(gatheringFields.releaseAfter),
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
