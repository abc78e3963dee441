/** What happened, in words, whoever says it: the page, and the service worker, which has no page's language. */
import type { NoticeLine } from '@huddle/shared/notice.ts';
import { dayAndTime } from '../gathering/times.ts';
import { clockText } from '../text/format.ts';
import type { News } from '../text/en-news.ts';

/** How times are said: in the board's zone (C4), and in a language as `Intl` is asked for it. */
export interface Saying {
  readonly news: News;
  readonly zone: string;
  readonly language: string;
}

/** Undefined where the notice is a free line alone. */
export const headlineOf = (
  { kind, place, start }: Pick<NoticeLine, 'kind' | 'place' | 'start'>,
  { news, zone, language }: Saying,
): string | undefined => {
  switch (kind) {
    case 'text':
      return undefined;
    case 'moved':
      return news.moved(place);
    case 'postponed':
      return news.postponed(start === undefined ? undefined : dayAndTime(start, zone, language));
    case 'soon':
      return news.soon(start === undefined ? '' : clockText(start, zone));
    default:
      return news[kind];
  }
};
