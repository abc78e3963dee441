/** Hosting: who hosts a gathering, and the link by which another person hosts too. */
import * as v from 'valibot';
import { idSchema } from './ids.ts';

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

/** By a host: makes a link by which another person hosts too, or instead. The token is a secret of 22 characters. */
export const shareHosting = v.strictObject({
  type: v.literal('shareHosting'),
  gathering: idSchema,
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
  handOver: v.boolean(),
});

/** By whoever got the link. A link works once. */
export const acceptHosting = v.strictObject({ type: v.literal('acceptHosting'), token: v.pipe(v.string(), v.maxLength(32)) });

/** By the node itself, when a link's time is over (B8): a secret that no longer opens anything is not kept. */
export const expireHostLink = v.strictObject({ type: v.literal('expireHostLink'), token: v.pipe(v.string(), v.maxLength(32)) });
