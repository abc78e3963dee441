/**
 * One line into a gathering, in English, 繁體, 简体 or all at once: `zk corner meeting at coffee bar in 10 min for 8`,
 * `今晚8點半 天台派對 限50人 每人可帶1位`. Says which part of the line became what, so that the screen can show it as chips.
 */
import type { Kind } from './gathering.ts';
import { takeClock, takePeriod, takeRange, takeUntil } from './quick-post/clock.ts';
import type { Days } from './quick-post/day.ts';
import { takeDay } from './quick-post/day.ts';
import { markKind } from './quick-post/kind.ts';
import { takeDelay, takeLength } from './quick-post/length.ts';
import type { ChipSpan } from './quick-post/line.ts';
import { Line } from './quick-post/line.ts';
import type { Said } from './quick-post/reckoning.ts';
import { Reckoning } from './quick-post/reckoning.ts';
import { placeNames, takeLedPlace, takePlace } from './quick-post/place.ts';
import { takeCapacity, takeParty } from './quick-post/seats.ts';
import { dayOf } from './time.ts';

export type { ChipField, ChipSpan } from './quick-post/line.ts';

/** What the line cannot know. */
export interface QuickPostContext {
  /** Epoch ms, the server's clock. */
  readonly now: number;
  /** The board's zone. */
  readonly zone: string;
  /** Names of the places the board knows. */
  readonly places: readonly string[];
  /** Where this person posted last. */
  readonly lastPlace?: string;
  /** First and last day of the board, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

/** A draft. `title` is empty when the line says nothing but when and where: the screen asks. */
export interface QuickPost {
  readonly title: string;
  readonly kind: Kind;
  readonly place?: string;
  /** Epoch ms; `end` is after `start`, by 24 h at most. */
  readonly start: number;
  readonly end: number;
  readonly capacity?: number;
  /** Largest party, the guest included. */
  readonly partyMax?: number;
  readonly tags: readonly string[];
  /** In the order of the line. */
  readonly spans: readonly ChipSpan[];
}

const NOW = /\b(?:right\s+)?now\b|現在|现在|即刻|即時|馬上|马上|立刻|立即|而家|依家/g;
const TAG = /(?<pre>^|[^\p{L}\p{N}_&])#(?<tag>[\p{L}\p{N}_][\p{L}\p{N}_+-]{0,39})/gu;

const takeTags = (line: Line): string[] => {
  const tags: string[] = [];
  for (;;) {
    const tag = line.take(TAG, 'tag', (match) => {
      const length = match.groups?.['tag']?.length ?? 0;
      const to = match.index === undefined ? 0 : match.index + match[0].length;
      return line.given.slice(to - length, to);
    });
    if (tag === undefined) return tags.slice(0, 12);
    if (!tags.some((each) => each.toLowerCase() === tag.toLowerCase())) tags.push(tag);
  }
};

const takeTimes = (line: Line, days: Days): Said => {
  const delay = takeDelay(line);
  const now = line.take(NOW, 'time', () => true as const);
  const day = takeDay(line, days);
  const range = takeRange(line);
  const until = range === undefined ? takeUntil(line) : undefined;
  const clock = range === undefined ? takeClock(line) : undefined;
  const length = takeLength(line);
  const period = takePeriod(line) ?? day?.period;
  return { delay, now, day, range, clock, until, length, period };
};

/** Understands a line. Never throws; whatever is not understood is the title. */
export const parseQuickPost = (text: string, context: QuickPostContext): QuickPost => {
  const line = new Line(text);
  const places = placeNames(context.places);
  const tags = takeTags(line);
  const led = takeLedPlace(line, places);
  const partyMax = takeParty(line);
  const said = takeTimes(line, { today: dayOf(context.now, context.zone), from: context.from, to: context.to });
  const capacity = takeCapacity(line);
  const place = led ?? takePlace(line, places) ?? context.lastPlace;
  const kind = markKind(line) ?? 'corner';
  return {
    title: line.title(),
    kind,
    ...(place === undefined ? {} : { place }),
    ...new Reckoning(context, line.rest).times(said),
    ...(capacity === undefined ? {} : { capacity }),
    ...(partyMax === undefined ? {} : { partyMax }),
    tags,
    spans: [...line.spans].sort((a, b) => a.from - b.from),
  };
};
