/** What the node's live half offers to its doors: sockets and HTTP. */
import type { BoardRecord } from '@huddle/shared/board.ts';
import type { Listed } from '@huddle/shared/deployment.ts';
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import type { Ack, Audience, Refusal, Snapshot, View } from '@huddle/shared/protocol.ts';
import type { PlanEntry } from '../board/plan.ts';
import type { Actor } from '../board/rule.ts';

export type { Actor } from '../board/rule.ts';

/** One board, served by this node. */
export interface ServedBoard {
  readonly slug: string;
  /** Parses nothing: `command` is what a stranger sent, with its id. Never throws; a store that is away is `retry` within a second. */
  submit(command: unknown, actor: Actor): Promise<Ack>;
  /** Everything public, made at most once a second. `etag` changes with the content. */
  snapshot(): SnapshotFile;
  /** The board's own record, and every gathering as stored: for the organiser's link and export. Not for views. */
  readonly stored: { readonly self: BoardRecord | undefined; readonly gatherings: readonly GatheringRecord[] };
  /** What the link of that token shows; undefined where it is void. */
  plan(token: string): readonly PlanEntry[] | undefined;
  /** Whether this one runs the board (B6). */
  organises(actor: Actor | undefined): boolean;
  /** One audience's views, or why this person may not see them. */
  open(audience: Audience, actor: Actor | undefined): { ok: true; views: readonly View[] } | ({ ok: false } & Refusal);
}

/** A snapshot, ready to send. */
export interface SnapshotFile {
  readonly snapshot: Snapshot;
  readonly etag: string;
  readonly json: Buffer;
  readonly gzip: Buffer;
}

/** The boards of this node, loaded on first use (N9). */
export interface Boards {
  /** undefined: there is no such board. @throws StoreAway */
  find(slug: string): Promise<ServedBoard | undefined>;
  /** The board under that slug, existing or not: for `createBoard` and for the deployment's own `_`. @throws StoreAway */
  at(slug: string): Promise<ServedBoard>;
  /** Somebody has been deleted: what is loaded forgets them before this resolves, the rest as soon as it can. Never throws. */
  forget(person: string): Promise<void>;
  /** All boards, by name, as the deployment's list has them. @throws StoreAway */
  list(): Promise<readonly Listed[]>;
}
