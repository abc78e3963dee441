/** The guest list as its hosts read it: those going, those waiting in their order, those taken off; found by a part of the name. */
import { fold } from '@huddle/shared/fold.ts';
import type { GuestListView } from '@huddle/shared/rsvp.ts';

export type Guest = GuestListView['guests'][number];

export interface GuestGroups {
  readonly going: readonly Guest[];
  readonly waiting: readonly Guest[];
  readonly removed: readonly Guest[];
  /** People going, parties counted whole. */
  readonly people: number;
  /** Parties with a seat, by what they said near the start. */
  readonly arrivals: { readonly here: number; readonly onTheWay: number; readonly silent: number };
}

/** Groups the guests whose name holds `search` (any case, accents ignored). `people` counts all of them, found or not. */
export const groupGuests = (guests: readonly Guest[], search: string): GuestGroups => {
  const wanted = fold(search.trim());
  const found = guests.filter(({ name }) => wanted === '' || fold(name).includes(wanted));
  const of = (status: Guest['status']): Guest[] => found.filter((guest) => guest.status === status);
  const said = guests.filter(({ status }) => status === 'going').map(({ arrival = 'silent' }) => arrival);
  const count = (wanted: (typeof said)[number]): number => said.filter((each) => each === wanted).length;
  return {
    arrivals: { here: count('here'), onTheWay: count('onTheWay'), silent: count('silent') },
    going: of('going').sort((a, b) => a.at - b.at),
    waiting: of('waitlisted').sort((a, b) => (a.position ?? 0) - (b.position ?? 0)),
    removed: [...of('declined'), ...of('released')],
    people: guests.filter(({ status }) => status === 'going').reduce((sum, { party }) => sum + party, 0),
  };
};
