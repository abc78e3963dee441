/** When a repeating event takes place, within the days of the board. */
import { runInNewContext } from 'node:vm';
import { addDays, atDay } from '@huddle/shared/time.ts';
import ICAL from 'ical.js';
import type { Clocks } from './calendar-file.ts';

/** A moment; for an all-day event its day too. */
export interface Occurrence {
  readonly at: number;
  /** `YYYY-MM-DD` */
  readonly day?: string;
}

/** Time left for all repeating events of a file, in ms. */
export interface Budget {
  ms: number;
}

export interface Recurrence {
  readonly repeats: boolean;
  readonly within: readonly Occurrence[];
  /** There are more than were read. */
  readonly more: boolean;
}

const MOST = 100;
const MOST_STEPS = 20_000;

export const dayText = ({ year, month, day }: ICAL.Time): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

export const occurrenceOf = (time: ICAL.Time, clocks: Clocks): Occurrence => {
  const at = clocks.epoch(time);
  return time.isDate ? { at, day: dayText(time) } : { at };
};

/**
 * Runs `work`, and stops it when the budget is used up: a rule that never comes true (30 February, every day) would keep the library
 * searching for ever, and with it the node.
 */
const within = <T>(budget: Budget, work: () => T): T | undefined => {
  const begun = performance.now();
  try {
    return runInNewContext('work()', { work }, { timeout: Math.max(1, Math.round(budget.ms)) }) as T;
  } catch {
    return undefined;
  } finally {
    budget.ms -= performance.now() - begun;
  }
};

const timesOf = (component: ICAL.Component, property: string, clocksOf: (tzid: string | undefined) => Clocks | undefined): Occurrence[] =>
  component.getAllProperties(property).flatMap((each) => {
    const tzid: unknown = each.getParameter('tzid');
    const clocks = clocksOf(typeof tzid === 'string' ? tzid : undefined);
    const times = each.getValues().map((value: unknown) => (value instanceof ICAL.Period ? value.start : value));
    return clocks === undefined ? [] : times.filter((time) => time instanceof ICAL.Time).map((time) => occurrenceOf(time, clocks));
  });

/** Last moment of a rule; a day alone includes all of it. */
const untilOf = ({ until }: ICAL.Recur, clocks: Clocks): number => {
  if (!(until instanceof ICAL.Time)) return Infinity;
  return clocks.epoch(until) + (until.isDate ? 24 * 3_600_000 - 1 : 0);
};

/** Every time of the rule up to the end of the board; what lies before it is stepped over. */
const byRule = (rule: ICAL.Recur, start: ICAL.Time, clocks: Clocks, first: number, last: number): Occurrence[] => {
  const until = Math.min(untilOf(rule, clocks), last);
  // Compared above as a moment; the library would compare clocks of different zones.
  const endless = rule.clone();
  endless.until = null;
  const iterator = endless.iterator(start);
  const found: Occurrence[] = [];
  for (let step = 0; step < MOST_STEPS && found.length <= MOST; step += 1) {
    const time = iterator.next() as ICAL.Time | undefined;
    if (!time) break;
    const occurrence = occurrenceOf(time, clocks);
    if (occurrence.at > until) break;
    if (occurrence.at >= first) found.push(occurrence);
  }
  return found;
};

/** What is needed to tell when. `from`, `to`: the days of the board. */
export interface RecurrenceContext {
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly clocks: Clocks;
  readonly clocksOf: (tzid: string | undefined) => Clocks | undefined;
  readonly budget: Budget;
}

/** When the event takes place. One that does not repeat: when it does, within the board or not. @returns undefined for rules that cannot be followed */
export const recurrenceOf = (component: ICAL.Component, start: ICAL.Time, context: RecurrenceContext): Recurrence | undefined => {
  const { zone, from, to, clocks, clocksOf, budget } = context;
  const rules = component.getAllProperties('rrule').map((property) => property.getFirstValue());
  if (rules.length === 0 && component.getFirstProperty('rdate') === null) {
    return { repeats: false, within: [occurrenceOf(start, clocks)], more: false };
  }
  const first = atDay(from, zone);
  const last = atDay(addDays(to, 1), zone) - 1;
  const ruled = within(budget, () => rules.flatMap((rule) => (rule instanceof ICAL.Recur ? byRule(rule, start, clocks, first, last) : [])));
  if (ruled === undefined) return undefined;
  const extra = [...(rules.length === 0 ? [occurrenceOf(start, clocks)] : []), ...timesOf(component, 'rdate', clocksOf)];
  const not = new Set(timesOf(component, 'exdate', clocksOf).map(({ at }) => at));
  const all = new Map([...ruled, ...extra.filter(({ at }) => at >= first && at <= last)].map((each) => [each.at, each]));
  const times = [...all.values()].filter(({ at }) => !not.has(at)).sort((a, b) => a.at - b.at);
  return { repeats: true, within: times.slice(0, MOST), more: times.length > MOST };
};
