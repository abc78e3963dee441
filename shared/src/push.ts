/** Web Push: what concerns a person, told while no page is open. One subscription a device. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';
import { LANGUAGES, type Language } from './language.ts';
import type { NoticeKind } from './notice.ts';

/** What can be told, chosen by kind. `organiser`: a line to the whole board. */
export const PUSH_KINDS = ['moved', 'cancelled', 'promoted', 'notice', 'soon', 'released', 'organiser'] as const;
export type PushKind = (typeof PUSH_KINDS)[number];

/** Minutes of the day in venue time between which nothing is pushed; may cross midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** Stored: `push/<person>:<device>`. */
export interface PushRecord {
  readonly id: `push/${string}:${string}`;
  readonly type: 'push';
  readonly rev: number;
  readonly person: string;
  /** Where the browser's maker takes messages for it. */
  readonly endpoint: string;
  /** The browser's keys, base64url. */
  readonly p256dh: string;
  readonly auth: string;
  readonly kinds: readonly PushKind[];
  readonly quiet?: QuietHours;
  readonly language: Language;
  readonly at: number;
}

/** What a device is told of; not where. Audience `person/<me>`. */
export interface PushView {
  readonly id: `push/${string}`;
  readonly kinds: readonly PushKind[];
  readonly quiet?: QuietHours;
}

/** What is pushed, encrypted: data; the phone says it in words. */
export interface PushMessage {
  readonly kind: PushKind;
  /** With a notice: what it is about. */
  readonly notice?: NoticeKind;
  readonly board: string;
  readonly boardName: string;
  /** IANA zone of the board: times are said in it (C4). */
  readonly zone: string;
  readonly language: Language;
  readonly gathering?: string;
  readonly title?: string;
  readonly text?: string;
  readonly place?: string;
  /** Epoch ms. */
  readonly start?: number;
}

const base64url = (min: number, max: number) => v.pipe(v.string(), v.regex(new RegExp(`^[A-Za-z0-9_-]{${min},${max}}$`)));
const minuteOfDay = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(1439));

/** By the person: this device is told; again with other choices changes them. */
export const subscribePush = v.strictObject({
  type: v.literal('subscribePush'),
  /** Made by the device, and kept on it. */
  device: idSchema,
  endpoint: v.pipe(v.string(), v.maxLength(1000), v.regex(/^https:\/\/[^\s/?#@]+\/\S*$/, 'must be an https:// address')),
  p256dh: base64url(86, 88),
  auth: base64url(21, 24),
  kinds: v.pipe(v.array(v.picklist(PUSH_KINDS)), v.minLength(1), v.maxLength(PUSH_KINDS.length)),
  quiet: v.optional(v.strictObject({ from: minuteOfDay, to: minuteOfDay })),
  language: v.picklist(LANGUAGES),
});

/** By the person: this device is told no more. */
export const unsubscribePush = v.strictObject({ type: v.literal('unsubscribePush'), device: idSchema });

/** By the node itself: the push service says that the subscription is dead. `endpoint`: the one that is. */
export const dropPush = v.strictObject({
  type: v.literal('dropPush'),
  person: idSchema,
  device: idSchema,
  endpoint: v.pipe(v.string(), v.maxLength(1000)),
});
