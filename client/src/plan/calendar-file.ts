/** Calendar files made on the phone, so that they can be had without a network: of a gathering, and of my plan. */
import { calendarText, type CalendarEntry } from '@huddle/shared/calendar.ts';
import type { LiveBoardApi } from '../live/api.ts';
import { mineOf } from './plan.ts';

type Source = Pick<LiveBoardApi, 'slug' | 'now' | 'view' | 'views' | 'details'>;

/** As I may see it: a place for those going alone is in it where I go (X5). */
const entryOf = (live: Source, id: string): CalendarEntry[] => {
  const card = live.view('card', id);
  if (card === undefined) return [];
  const [mine, hosting, details] = [live.view('my-rsvp', id), live.view('hosting', id), live.details(id)];
  const place = card.place ?? mine?.place ?? hosting?.place;
  const address = details?.address ?? mine?.address ?? hosting?.address;
  const { title, start, end, tags, cancelled } = card;
  return [
    {
      ...{ id, title, start, end, tentative: mine?.status === 'waitlisted' && hosting === undefined },
      ...(place === undefined ? {} : { place }),
      ...(address === undefined ? {} : { address }),
      ...(details?.description === undefined ? {} : { description: details.description }),
      ...(tags === undefined ? {} : { tags }),
      ...(cancelled === undefined ? {} : { cancelled }),
    },
  ];
};

const calendarOf = (live: Source, entries: readonly CalendarEntry[], base: string): string => {
  const { name = '', zone = 'UTC' } = live.view('board', live.slug) ?? {};
  return calendarText({ slug: live.slug, name, zone, base }, entries, live.now);
};

/** One gathering, as a calendar. @param base scheme and host of its link */
export const gatheringCalendar = (live: Source, id: string, base: string): string => calendarOf(live, entryOf(live, id), base);

/** What I go to, wait for or host, as a calendar, what is over too. @param base scheme and host of its links */
export const planCalendar = (live: Source, base: string): string =>
  calendarOf(
    live,
    mineOf(live)
      .sort((a, b) => a.card.start - b.card.start || (a.key < b.key ? -1 : 1))
      .flatMap(({ key }) => entryOf(live, key)),
    base,
  );

/** The browser has read it by then. */
const READ_MS = 60_000;

/** Hands a calendar to the phone as the file `name.ics`; browsers inside chat apps cannot take it. */
export const saveCalendar = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.ics`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_MS);
};
