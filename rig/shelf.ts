/**
 * What phones read, kept once. Thousands of phones in one process receive the same bytes and stand at the same point: a frame is
 * parsed once and two phones with the same views share one map (a map is never changed, only replaced – `merge`).
 */
import { merge } from '@huddle/shared/merge.ts';
import type { Change, View } from '@huddle/shared/protocol.ts';
import { readPacket, type Packet } from './packet.ts';

export type Views = ReadonlyMap<string, View>;

const REMEMBERED = 8;
const recent: { readonly bytes: Buffer; readonly packet: Packet }[] = [];

/** Reads a frame, or gives what another phone read from the same bytes. */
export const readFrame = (bytes: Buffer): Packet => {
  const known = recent.find((frame) => frame.bytes.equals(bytes));
  if (known !== undefined) return known.packet;
  const packet = readPacket(bytes.toString());
  if (packet.kind === 'event') {
    recent.unshift({ bytes: Buffer.from(bytes), packet });
    recent.length = Math.min(recent.length, REMEMBERED);
  }
  return packet;
};

const NOTHING: Views = new Map();
const following = new WeakMap<Views, WeakMap<Change, Views>>();

/** {@link merge}, remembered; what is whole follows from nothing, so that all who take it in share the result. */
export const advance = (views: Views, change: Change): Views => {
  const before = change.whole === true ? NOTHING : views;
  const after = following.get(before) ?? new WeakMap<Change, Views>();
  following.set(before, after);
  const next = after.get(change) ?? merge<View>(before, change);
  after.set(change, next);
  return next;
};
