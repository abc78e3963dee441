/**
 * When a gathering is, in words – as data: the client says it in each language through Intl. All from the server's clock (B8) and in
 * venue time (C4).
 */
import { dayOf, daysBetween, HOUR, MINUTE } from './time.ts';

/** From when to when, epoch ms. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a gathering stands on the board. `day`: `YYYY-MM-DD` in venue time. */
export type Section = { readonly kind: 'over' | 'now' | 'soon' | 'today' } | { readonly kind: 'day'; readonly day: string };

/** What counts as soon. */
export const SOON_MS = HOUR;

/** The section a gathering belongs to. One that crosses midnight stays in "now" until it ends. */
export const section = ({ start, end }: Span, now: number, zone: string): Section => {
  if (end <= now) return { kind: 'over' };
  if (start <= now) return { kind: 'now' };
  if (start - now <= SOON_MS) return { kind: 'soon' };
  const day = dayOf(start, zone);
  return day === dayOf(now, zone) ? { kind: 'today' } : { kind: 'day', day };
};

/**
 * A time as people say it. Clock times (`at`) are epoch ms, to be formatted in venue time. `in`: "in 10 min"; `until`: "until 19:30";
 * `today`: "at 19:30"; `tomorrow`: "tomorrow 19:30"; `day`: "Fri 24 May, 19:30"; `over`: "ended 19:30", with its day unless today.
 */
export type When =
  | { readonly kind: 'in'; readonly minutes: number }
  | { readonly kind: 'until' | 'today' | 'tomorrow' | 'day'; readonly at: number }
  | { readonly kind: 'over'; readonly at: number; readonly today: boolean };

/** When a gathering is, as seen now. */
export const when = (span: Span, now: number, zone: string): When => {
  const where = section(span, now, zone);
  switch (where.kind) {
    case 'over':
      return { kind: 'over', at: span.end, today: dayOf(span.end, zone) === dayOf(now, zone) };
    case 'now':
      return { kind: 'until', at: span.end };
    case 'soon':
      return { kind: 'in', minutes: Math.ceil((span.start - now) / MINUTE) };
    case 'today':
      return { kind: 'today', at: span.start };
    case 'day':
      return { kind: daysBetween(dayOf(now, zone), where.day) === 1 ? 'tomorrow' : 'day', at: span.start };
  }
};

/** How long ago something was said ("5 min ago"), in the largest unit that reaches 1; for `Intl.RelativeTimeFormat`. */
export const ago = (at: number, now: number): { readonly value: number; readonly unit: 'minute' | 'hour' | 'day' } => {
  const minutes = Math.max(0, Math.floor((now - at) / MINUTE));
  if (minutes < 60) return { value: -minutes, unit: 'minute' };
  return minutes < 1440 ? { value: -Math.floor(minutes / 60), unit: 'hour' } : { value: -Math.floor(minutes / 1440), unit: 'day' };
};
