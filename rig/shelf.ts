/**
 * What phones read, kept once. Thousands of phones in one process receive the same bytes and stand at the same point: a frame is
 * parsed once and two phones with the same views share one map (a map is never changed, only replaced – `merge`).
 */
import { merge } from '@huddle/shared/merge.ts';
import { snapshotChange, type Change, type Snapshot, type View } from '@huddle/shared/protocol.ts';
import { readPacket, type Packet } from './packet.ts';

export type Views = ReadonlyMap<string, View>;

/** The few last of each are enough for phones in step, and are looked through faster than a weak map is hashed and collected. */
const REMEMBERED = 8;
const remember = <T>(recent: T[], thing: T): void => {
  recent.unshift(thing);
  recent.length = Math.min(recent.length, REMEMBERED);
};

const frames: { readonly bytes: Buffer; readonly packet: Packet }[] = [];

/** Reads a frame, or gives what another phone read from the same bytes. */
export const readFrame = (bytes: Buffer): Packet => {
  const known = frames.find((frame) => frame.bytes.equals(bytes));
  if (known !== undefined) return known.packet;
  const packet = readPacket(bytes.toString());
  remember(frames, { bytes: Buffer.from(bytes), packet });
  return packet;
};

const NOTHING: Views = new Map();
const steps: { readonly before: Views; readonly change: Change; readonly after: Views }[] = [];

/** {@link merge}, remembered; what is whole follows from nothing, so that all who take it in share the result. */
export const advance = (views: Views, change: Change): Views => {
  const before = change.whole === true ? NOTHING : views;
  const known = steps.find((step) => step.change === change && step.before === before);
  if (known !== undefined) return known.after;
  // Whoever missed nothing stays with the others.
  if (change.whole !== true && change.put.length === 0 && (change.gone ?? []).length === 0) return views;
  const after = merge<View>(before, change);
  remember(steps, { before, change, after });
  return after;
};

const snapshots: { readonly snapshot: Snapshot; readonly change: Change }[] = [];

/** {@link snapshotChange}, remembered: whoever was given the same snapshot takes in the same change. */
export const wholeOf = (snapshot: Snapshot): Change => {
  const known = snapshots.find((one) => one.snapshot === snapshot);
  if (known !== undefined) return known.change;
  const change = snapshotChange(snapshot);
  remember(snapshots, { snapshot, change });
  return change;
};
