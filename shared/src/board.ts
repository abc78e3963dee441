/** A board: one meetup or conference. */
import * as v from 'valibot';
import { slugSchema } from './ids.ts';
import { lineSchema } from './text.ts';

/** A calendar day, `YYYY-MM-DD`, in the board's zone. */
export const daySchema = v.pipe(
  v.string(),
  v.isoDate('must be a day such as 2026-11-20'),
  // The pattern alone knows no short months: 30 February would be read back as another day.
  v.check((day) => Number.isFinite(Date.parse(day)) && new Date(day).toISOString().startsWith(day), 'must be a day that exists'),
);

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** An IANA time zone, `Area/City`. */
export const zoneSchema = v.pipe(v.string(), v.maxLength(64), v.check(isZone, 'must be a time zone such as Asia/Hong_Kong'));

/** Stored: `board/<slug>`. */
export interface BoardRecord {
  readonly id: `board/${string}`;
  readonly type: 'board';
  readonly rev: number;
  readonly slug: string;
  readonly name: string;
  readonly zone: string;
  /** First and last day, inclusive. */
  readonly from: string;
  readonly to: string;
  /** Whoever shows this becomes an organiser; part of the printed link. Never in a view. */
  readonly organiserKey: string;
  /** What whoever wants to do something has to show once, as folded; absent: nothing. Never in a public view. */
  readonly joinCode?: string;
  readonly createdAt: number;
}

/** What everybody sees of a board. Audience `public`. */
export interface BoardView {
  readonly id: `board/${string}`;
  readonly name: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
}

const boardFields = {
  name: lineSchema(120),
  zone: zoneSchema,
  from: daySchema,
  to: daySchema,
};

/** By the deployment's administrator. */
export const createBoard = v.strictObject({
  type: v.literal('createBoard'),
  slug: slugSchema,
  ...boardFields,
  organiserKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/)),
});

/** By an organiser. Absent fields stay. */
export const editBoard = v.strictObject({
  type: v.literal('editBoard'),
  name: v.optional(boardFields.name),
  zone: v.optional(boardFields.zone),
  from: v.optional(boardFields.from),
  to: v.optional(boardFields.to),
});
