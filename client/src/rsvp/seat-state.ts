/** What the seat button says and does: one union, derived from confirmed views and the outbox. A seat is never assumed (C1). */
import type { LiveBoardApi, Pending } from '../live/api.ts';

/** What the button is made of: a part of the live board. */
export type SeatSource = Pick<LiveBoardApi, 'person' | 'view' | 'pending' | 'now'>;

export type SeatState =
  /** Sent, or waiting for the network; `withdrawable` until it has been answered. `party`: people asked for. */
  | { readonly kind: 'asking'; readonly id: string; readonly party: number; readonly withdrawable: boolean }
  | { readonly kind: 'givingBack'; readonly id: string; readonly party: number; readonly withdrawable: boolean }
  /** `promoted`: came from the waitlist, and I have not seen that yet. */
  | { readonly kind: 'going'; readonly party: number; readonly promoted: boolean; readonly most: number }
  /** `position`: 1 = next. `passedOver`: a smaller party went first (B4). */
  | { readonly kind: 'waitlisted'; readonly party: number; readonly position?: number; readonly passedOver: boolean; readonly most: number }
  /** A host took me off the list: I cannot come back by myself. */
  | { readonly kind: 'removed' }
  /** `left`: seats free; absent without a limit. `most`: the largest party. */
  | { readonly kind: 'free'; readonly left?: number; readonly most: number }
  /** Only the waitlist is left: no seat, or the host closed the door. */
  | { readonly kind: 'full'; readonly closed: boolean; readonly most: number }
  /** Nothing can be asked for. `was`: I had a seat. */
  | { readonly kind: 'shut'; readonly why: 'over' | 'cancelled' | 'hidden' | 'banned' | 'unknown'; readonly was: boolean };

/** The latest wish wins. (`findLast` is younger than the phones we serve.) */
const lastPending = (pending: readonly Pending[], gathering: string): Pending | undefined =>
  pending
    .filter(({ command }) => (command.type === 'takeSeat' || command.type === 'giveBackSeat') && command.gathering === gathering)
    .pop();

const asked = ({ id, command, state }: Pending, party: number): SeatState => {
  const withdrawable = state.kind === 'waiting';
  return command.type === 'takeSeat'
    ? { kind: 'asking', id, party: command.party ?? 1, withdrawable }
    : { kind: 'givingBack', id, party, withdrawable };
};

/** The state of the seat button of one gathering. */
export const seatState = (live: SeatSource, gathering: string): SeatState => {
  const card = live.view('card', gathering);
  const mine = live.view('my-rsvp', gathering);
  const was = mine?.status === 'going';
  if (mine?.hiddenTitle !== undefined) return { kind: 'shut', why: 'hidden', was };
  if (card === undefined) return { kind: 'shut', why: 'unknown', was };
  if (card.cancelled) return { kind: 'shut', why: 'cancelled', was };
  if (card.end <= live.now) return { kind: 'shut', why: 'over', was };
  const me = live.person === undefined ? undefined : live.view('me', live.person);
  if (me?.banned) return { kind: 'shut', why: 'banned', was };
  const pending = lastPending(live.pending, gathering);
  if (pending !== undefined) return asked(pending, mine?.party ?? 1);

  const most = Math.min(card.partyMax ?? 1, card.capacity ?? Infinity);
  const taken = live.view('seats', gathering)?.taken ?? 0;
  const left = card.capacity === undefined ? undefined : Math.max(0, card.capacity - taken);
  if (mine?.status === 'declined') return { kind: 'removed' };
  if (mine?.status === 'going') {
    const { party, promotedAt, rev } = mine;
    // A party that has its seats grows into free ones only; it does not queue.
    const room = card.closed ? 0 : (left ?? Infinity);
    return {
      kind: 'going',
      party,
      promoted: promotedAt !== undefined && rev > (me?.readTo ?? 0),
      most: Math.max(party, Math.min(most, party + room)),
    };
  }
  if (mine?.status === 'waitlisted') {
    const { position, party } = mine;
    return { kind: 'waitlisted', party, ...(position === undefined ? {} : { position }), passedOver: mine.passedOver ?? false, most };
  }
  if (card.closed) return { kind: 'full', closed: true, most };
  if (left === undefined) return { kind: 'free', most };
  return left > 0 ? { kind: 'free', left, most } : { kind: 'full', closed: false, most };
};
