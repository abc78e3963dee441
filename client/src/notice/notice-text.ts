/** What a notice says, in words. */
import type { NoticeLine } from '@huddle/shared/notice.ts';
import { ago } from '@huddle/shared/wording.ts';
import { relativeText } from '../text/format.ts';
import { language, t } from '../text/text.svelte.ts';
import { headlineOf } from './headline.ts';

/** What happened, by kind; undefined where the notice is a free line alone. The line itself is `text`, beside it. */
export const noticeHeadline = (line: NoticeLine, zone: string): string | undefined =>
  headlineOf(line, { news: t.notice, zone, language: language.current });

/** How long ago, as text: "5 minutes ago". Epoch ms by the server's clock (B8). */
export const agoText = (at: number, now: number): string => {
  const { value, unit } = ago(at, now);
  if (value === 0) return t.notice.justNow;
  return relativeText(language.current, value, unit);
};
