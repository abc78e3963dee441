/** What concerns me, derived from the views: nothing of it is stored. */
import type { MyRsvpView } from '@huddle/shared/rsvp.ts';
import type { NoticeLine } from '@huddle/shared/notice.ts';
import { keyOf, type LiveBoardApi } from '../live/api.ts';

/** What an inbox is made of: a part of the live board. */
export type InboxSource = Pick<LiveBoardApi, 'person' | 'view' | 'views'>;

/** One line of the inbox. `rev` orders it, and tells new from read. */
export type InboxItem = {
  /** Unique and stable, for keyed lists. */
  readonly key: string;
  readonly rev: number;
  /** Newer than what I have read, on any device. */
  readonly unread: boolean;
} & (
  | { readonly kind: 'announcement'; readonly line: NoticeLine }
  | ({ readonly kind: 'notice'; readonly line: NoticeLine } & About)
  /** A seat became free and I got it. `at`: epoch ms. */
  | ({ readonly kind: 'promoted'; readonly at: number } & About)
  /** A host took me off the list. */
  | ({ readonly kind: 'removed' } & About)
  /** My seat was given on, because I had not said that I come. */
  | ({ readonly kind: 'released' } & About)
  /** An organiser took the gathering off the board. */
  | ({ readonly kind: 'hidden' } & About)
);

/** The gathering that an item is about. */
interface About {
  readonly gathering: string;
  /** Empty while its card has not arrived. */
  readonly title: string;
}

export interface Inbox {
  /** Newest first. */
  readonly items: readonly InboxItem[];
  readonly unread: number;
  /** The newest rev shown: what `markRead` is sent with. 0: nothing. */
  readonly newest: number;
}

type Unmarked = InboxItem extends infer I ? (I extends InboxItem ? Omit<I, 'unread'> : never) : never;

const ofRsvp = (live: InboxSource, rsvp: MyRsvpView): Unmarked[] => {
  const gathering = keyOf(rsvp);
  const about = { gathering, title: live.view('card', gathering)?.title ?? rsvp.hiddenTitle ?? '' };
  const items: Unmarked[] = (rsvp.notices ?? []).map((line) => ({
    kind: 'notice',
    key: `${gathering}/${line.key}`,
    rev: line.rev,
    line,
    ...about,
  }));
  const own = { key: `${gathering}/own`, rev: rsvp.rev, ...about };
  if (rsvp.hiddenTitle !== undefined) items.push({ kind: 'hidden', ...own });
  else if (rsvp.status === 'released') items.push({ kind: 'released', ...own });
  else if (rsvp.status === 'declined') items.push({ kind: 'removed', ...own });
  else if (rsvp.status === 'going' && rsvp.promotedAt !== undefined) items.push({ kind: 'promoted', at: rsvp.promotedAt, ...own });
  return items;
};

/** Notices of what I joined, promotions, and lines to the whole board; unread are those above `me.readTo`. A watcher has no unread ones. */
export const inbox = (live: InboxSource): Inbox => {
  const readTo = live.person === undefined ? Infinity : (live.view('me', live.person)?.readTo ?? 0);
  const announcements: Unmarked[] = live.views('notice').map((line) => ({ kind: 'announcement', key: keyOf(line), rev: line.rev, line }));
  const items = [...announcements, ...live.views('my-rsvp').flatMap((rsvp) => ofRsvp(live, rsvp))]
    .map((item): InboxItem => ({ ...item, unread: item.rev > readTo }))
    .sort((a, b) => b.rev - a.rev || (a.key < b.key ? -1 : 1));
  return { items, unread: items.filter((item) => item.unread).length, newest: items[0]?.rev ?? 0 };
};
