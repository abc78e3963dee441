/** A notice: a host's (or organiser's) line to those concerned. Public on card and page; marked unread for those it is for. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { lineSchema } from './text.ts';
import { MINUTE } from './time.ts';

/**
 * What a notice says. `text` is a free line; `soon` – it begins – comes from the clock, to those going alone; the others are written by
 * the command that did it.
 */
export const NOTICE_KINDS = ['moved', 'postponed', 'closed', 'reopened', 'ended', 'cancelled', 'text', 'soon'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whom it is for: `concerned` is going and waiting; `everyone` is the whole board (no gathering). */
export const NOTICE_AUDIENCES = ['going', 'waiting', 'concerned', 'everyone'] as const;
export type NoticeAudience = (typeof NOTICE_AUDIENCES)[number];

/** Stored: `notice/<id>`; the id is that of the command that made it. */
export interface NoticeRecord {
  readonly id: `notice/${string}`;
  readonly type: 'notice';
  readonly rev: number;
  /** Absent: from the organiser to the whole board. */
  readonly gathering?: string;
  readonly kind: NoticeKind;
  readonly to: NoticeAudience;
  /** For `text`, and an optional line with the others. */
  readonly text: string;
  /** The new place, with `moved`; shown to those going alone where the gathering says so. */
  readonly place?: string;
  /** The start (epoch ms), with `postponed` and `soon`. */
  readonly start?: number;
  readonly by: string;
  readonly at: number;
}

/** A notice as a part of a card, of a gathering's details or of my RSVP. */
export interface NoticeLine {
  /** The notice's own key. */
  readonly key: string;
  readonly rev: number;
  readonly kind: NoticeKind;
  readonly to: NoticeAudience;
  readonly text?: string;
  readonly place?: string;
  readonly start?: number;
  readonly at: number;
}

/** A notice to the whole board. Audience `public`. */
export interface NoticeView extends NoticeLine {
  readonly id: `notice/${string}`;
}

export const noticeTextSchema = lineSchema(280);

/** By a host: to those going, waiting, or both. */
export const sendNotice = v.strictObject({
  type: v.literal('sendNotice'),
  gathering: idSchema,
  to: v.picklist(['going', 'waiting', 'concerned']),
  text: noticeTextSchema,
});

/** How long before the start those going are reminded. */
export const REMIND_MS = 15 * MINUTE;

/** By the node itself, near the start (B8): those going are told. `start` (epoch ms) is the one it is about. */
export const remindGuests = v.strictObject({
  type: v.literal('remindGuests'),
  gathering: idSchema,
  start: v.pipe(v.number(), v.safeInteger()),
});

/** By an organiser: to everybody. */
export const announce = v.strictObject({ type: v.literal('announce'), text: noticeTextSchema });

/** By an organiser: takes an announcement down. */
export const withdrawAnnouncement = v.strictObject({ type: v.literal('withdrawAnnouncement'), notice: idSchema });
