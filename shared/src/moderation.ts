/** Keeping the board clean: reports, and what organisers see of a gathering. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { lineSchema } from './text.ts';

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
