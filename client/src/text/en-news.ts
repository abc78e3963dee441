/**
 * English of what happened to a gathering: in a file of its own, because the service worker, which says it in push messages, has no
 * other words. The rest, and how this works, stands in `en.ts`.
 */

export const news = {
  soon: (start: string) => `Begins at ${start}`,
  released: 'Your seat was given on, because you had not said that you come.',
  moved: (place: string | undefined) => (place === undefined ? 'Moved' : `Moved to ${place}`),
  postponed: (start: string | undefined) => (start === undefined ? 'New time' : `Now at ${start}`),
  closed: 'Full, door closed',
  reopened: 'Door open again',
  ended: 'Ended early',
  cancelled: 'Cancelled',
  announcement: 'From the organiser',
  promoted: 'You’re in! A seat became free.',
};

export type News = typeof news;
