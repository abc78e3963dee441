/** From what a line says about time to when it starts and ends. */
import { addDays, atDay, DAY, dayOf, HOUR, MINUTE, zonedParts } from '@huddle/shared/time.ts';
import type { Clock, Period } from './clock.ts';
import { hourOf } from './clock.ts';
import type { DayFound } from './day.ts';

/** Now (epoch ms), the board's zone and its first day. */
export interface Venue {
  readonly now: number;
  readonly zone: string;
  readonly from: string;
}

/** What the line says about time. */
export interface Said {
  readonly delay?: number | undefined;
  readonly now?: true | undefined;
  readonly day?: DayFound | undefined;
  readonly range?: { readonly from: Clock; readonly to: Clock } | undefined;
  readonly clock?: Clock | undefined;
  readonly until?: Clock | undefined;
  readonly length?: number | undefined;
  readonly period?: Period | undefined;
}

const EARLY = /breakfast|sunrise|yoga|\brun\b|jog|早餐|早飯|早饭|早茶|晨跑|晨/i;
const LATE = /part(?:y|ies)|dinner|drinks|night|rave|karaoke|supper|派對|派对|晚餐|晚飯|晚饭|酒|宵夜|夜/i;
const PERIOD_STARTS: Readonly<Record<Period, number>> = { small: 1, morning: 9, noon: 12, afternoon: 14, evening: 19 };

/** How long after it an exact time is still meant as one of today. */
const GRACE = 15 * MINUTE;

/** A bare hour of another day: small ones are in the afternoon, unless it is a breakfast; late things late. */
const likelyHour = (hour: number, words: string): number => {
  const twelve = hour % 12;
  if (EARLY.test(words)) return twelve;
  return LATE.test(words) || twelve < 8 ? twelve + 12 : twelve;
};

/** Turns what was said into moments. */
export class Reckoning {
  private readonly minute: number;
  private readonly today: string;

  /** @param words what the line speaks of, in plain letters */
  constructor(
    private readonly context: Venue,
    private readonly words: string,
  ) {
    this.minute = Math.floor(context.now / MINUTE) * MINUTE;
    this.today = dayOf(context.now, context.zone);
  }

  times(said: Said): { readonly start: number; readonly end: number } {
    const start = this.start(said);
    const end = this.end(said, start);
    return { start, end: end > start ? Math.min(end, start + DAY) : start + HOUR };
  }

  private start(said: Said): number {
    if (said.delay !== undefined) return this.minute + said.delay;
    if (said.range !== undefined) return this.ofRange(said.range, said);
    if (said.clock !== undefined) return this.ofClock(said.clock, said);
    if (said.now) return this.minute;
    const day = said.day?.day ?? this.today;
    if (said.period !== undefined) return this.onDay(day, PERIOD_STARTS[said.period]);
    if (day !== this.today) return atDay(day, this.context.zone, LATE.test(this.words) ? 19 : 10);
    return this.minute;
  }

  /** At that hour of that day; of today only what is still to come. */
  private onDay(day: string, hour: number): number {
    const at = atDay(day, this.context.zone, hour);
    return day === this.today ? Math.max(at, this.minute) : at;
  }

  private ofClock(clock: Clock, { day, period, length, until }: Said): number {
    const hour = hourOf(clock, clock.period ?? period);
    if (day === undefined) return this.begun(clock, hour, length, until) ?? this.next(clock, hour);
    if (hour !== undefined) return atDay(day.day, this.context.zone, hour, clock.minute);
    return day.day === this.today
      ? this.next(clock, hour)
      : atDay(day.day, this.context.zone, likelyHour(clock.hour, this.words), clock.minute);
  }

  /** "2pm" at five past two, "2pm for 2 hours" at three: it has begun. A bare "at 2" never has. */
  private begun(clock: Clock, hour: number | undefined, length: number | undefined, until: Clock | undefined): number | undefined {
    if (hour === undefined || this.context.from > this.today) return undefined;
    const today = atDay(this.today, this.context.zone, hour, clock.minute);
    const end = until === undefined ? today + (length ?? 0) : this.after(until, today);
    return today < this.minute && Math.max(end, today + GRACE) > this.minute ? today : undefined;
  }

  /** The next time the clock shows it – from the board's first day on, when that is still to come. */
  private next(clock: Clock, hour: number | undefined): number {
    const { zone, from } = this.context;
    const early = from > this.today;
    const first = early ? from : this.today;
    const likely = early && hour === undefined ? likelyHour(clock.hour, this.words) : hour;
    const hours = likely === undefined ? [clock.hour % 12, (clock.hour % 12) + 12] : [likely];
    const shown = [first, addDays(first, 1), addDays(first, 2)].flatMap((day) => hours.map((each) => atDay(day, zone, each, clock.minute)));
    const coming = shown.filter((at) => at >= this.minute);
    return coming.find((at) => hour !== undefined || !this.tooSmall(at)) ?? coming[0] ?? this.minute;
  }

  /** "lunch at 1" said in the afternoon is not for the small hours; said at night, or of a party, it may be. */
  private tooSmall(at: number): boolean {
    const { zone, now } = this.context;
    const hourNow = zonedParts(now, zone).hour;
    return zonedParts(at, zone).hour < 6 && hourNow >= 6 && hourNow < 20 && !LATE.test(this.words);
  }

  /** "from 7 to 9pm", "11 to 1pm": the start before or after noon, whichever is nearer to the end. */
  private ofRange({ from, to }: NonNullable<Said['range']>, said: Said): number {
    const end = hourOf(to, to.period);
    let clock = from;
    if (end !== undefined && hourOf(from, from.period ?? said.period) === undefined) {
      const lasts = (hour: number): number => (end * 60 + to.minute - hour * 60 - from.minute + 2880 - 1) % 1440;
      const morning = from.hour % 12;
      clock = { ...from, exact: true, hour: lasts(morning) < lasts(morning + 12) ? morning : morning + 12 };
    }
    return this.ofClock(clock, { ...said, until: to });
  }

  private end({ range, until, length }: Said, start: number): number {
    const clock = range?.to ?? until;
    if (clock !== undefined) return this.after(clock, start);
    return start + (length ?? HOUR);
  }

  /** The first time after `start` that the clock shows it: 下午3点到5点 ends in the afternoon, 10pm–2 in the night. */
  private after(clock: Clock, start: number): number {
    const { zone } = this.context;
    const day = dayOf(start, zone);
    const own = hourOf(clock, clock.period);
    const hours = own === undefined ? [clock.hour % 12, (clock.hour % 12) + 12] : [own % 24];
    const shown = [day, addDays(day, 1)].flatMap((each) => hours.map((hour) => atDay(each, zone, hour, clock.minute)));
    return shown.find((at) => at > start) ?? start + HOUR;
  }
}
