/** What a notice says, in words. */
import type { NoticeLine } from '@huddle/shared/notice.ts';
import { ago } from '@huddle/shared/wording.ts';
import { dayAndTime } from '../gathering/times.ts';
import { clockText } from '../text/format.ts';
import { language, t } from '../text/text.svelte.ts';

/** What happened, by kind; undefined where the notice is a free line alone. The line itself is `text`, beside it. */
export const noticeHeadline = ({ kind, place, start }: NoticeLine, zone: string): string | undefined => {
  switch (kind) {
    case 'text':
      return undefined;
    case 'moved':
      return t.notice.moved(place);
    case 'postponed':
      return t.notice.postponed(start === undefined ? undefined : dayAndTime(start, zone, language.current));
    case 'soon':
      return t.notice.soon(start === undefined ? '' : clockText(start, zone, language.current));
    default:
      return t.notice[kind];
  }
};

/** How long ago, as text: "5 minutes ago". Epoch ms by the server's clock (B8). */
export const agoText = (at: number, now: number): string => {
  const { value, unit } = ago(at, now);
  if (value === 0) return t.notice.justNow;
  return new Intl.RelativeTimeFormat(language.current, { numeric: 'auto' }).format(value, unit);
};
