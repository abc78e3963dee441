/** What a page says of itself before any script runs: in a chat, to a search engine, in the title. */
import type { Snapshot, SnapshotGathering } from '@huddle/shared/protocol.ts';

export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Absolute; only where the operator said how people reach us, because a stranger chooses the Host header. */
  readonly url?: string | undefined;
}

const dayRange = (from: string, to: string): string => {
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return day.formatRange(Date.parse(from), Date.parse(to));
};

/** What a link to the board says in a chat. */
export const boardHead = ({ board, gatherings }: Snapshot, url?: string): PageHead => ({
  title: `${board.name} · Huddle`,
  description: `${dayRange(board.from, board.to)} · ${gatherings.length === 1 ? '1 gathering' : `${gatherings.length} gatherings`} on the live board: see what is on now, take a seat, post your own.`,
  url,
});

const seats = ({ capacity, taken, closed, cancelled }: SnapshotGathering): string => {
  if (cancelled) return 'cancelled';
  if (closed) return 'door closed';
  if (capacity === undefined) return taken === 0 ? 'open to all' : `${taken} going`;
  return taken >= capacity ? 'full, with a waitlist' : `${capacity - taken} of ${capacity} seats free`;
};

/** What a link to the gathering says in a chat, in venue time (C4). */
export const gatheringHead = ({ board }: Snapshot, gathering: SnapshotGathering, url?: string): PageHead => {
  const format = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: board.zone } as const;
  const when = new Intl.DateTimeFormat('en-GB', format).formatRange(gathering.start, gathering.end);
  const facts = [when, gathering.place, seats(gathering), gathering.hosts.length === 0 ? '' : `with ${gathering.hosts.join(', ')}`];
  return { title: `${gathering.title} · ${board.name}`, description: facts.filter(Boolean).join(' · '), url };
};

export const homeHead = (url?: string): PageHead => ({
  title: 'Huddle',
  description: 'The live boards of meetups and conferences: see what is on now, take a seat, post your own.',
  url,
});

export const noBoardHead: PageHead = {
  title: 'Not found · Huddle',
  description: 'There is no board of that name here. Perhaps the link is cut off.',
};

export const nowhereHead: PageHead = { title: 'Not found · Huddle', description: 'There is nothing at this address.' };
