/**
 * Epoch ms ⇄ wall time in an IANA zone, by Intl alone. Offsets are remembered per quarter of an hour – no zone changes between two – so
 * that a board of a thousand cards asks Intl a few dozen times.
 */

/** What a clock and a calendar on the wall show. Months from 1; fields past their range roll over (day 32, hour 25). */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
}

/** A moment as the wall shows it. `weekday`: 0 = Sunday. */
export interface ZonedParts extends Required<Wall> {
  readonly weekday: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const QUARTER = 15 * MINUTE;
const REMEMBERED = 4000;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

const formatter = (zone: string): Intl.DateTimeFormat => {
  let found = formatters.get(zone);
  if (found === undefined) {
    const two = '2-digit';
    const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
    found = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', ...fields });
    formatters.set(zone, found);
  }
  return found;
};

/** A stretch in which a zone's clocks keep their distance from UTC: epoch ms, `until` the first moment beyond it; `offset` in ms. */
export interface Steady {
  readonly zone: string;
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const steady = new Map<string, Steady>();

/** Takes somebody's word for a stretch: within it Intl is not asked, whose first answer of all takes a weak phone some 200 ms. */
export const keepSteady = (stretch: Steady): void => void steady.set(stretch.zone, stretch);

/** How far around a moment one looks. */
const AROUND_DAYS = 60;

/** The stretch around a moment, to the day, as far as it goes and 60 days at most. */
export const steadyAround = (ms: number, zone: string): Steady => {
  const middle = Math.floor(ms / DAY) * DAY;
  const offset = offsetAt(middle, zone);
  const edge = (step: number): number => {
    let at = middle;
    while (Math.abs(at - middle) < AROUND_DAYS * DAY && offsetAt(at + step, zone) === offset) at += step;
    return at;
  };
  return { zone, from: edge(-DAY), until: edge(DAY), offset };
};

const askIntl = (ms: number, zone: string): number => {
  const at: Record<string, number> = {};
  for (const part of formatter(zone).formatToParts(ms)) at[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
};

/** How far the zone's clocks are ahead of UTC at that moment, in ms. @throws RangeError for a zone that Intl does not know */
export const offsetAt = (ms: number, zone: string): number => {
  if (zone === 'UTC') return 0;
  const told = steady.get(zone);
  if (told !== undefined && ms >= told.from && ms < told.until) return told.offset;
  const quarter = Math.floor(ms / QUARTER);
  const key = `${zone}/${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = askIntl(quarter * QUARTER, zone);
    if (offsets.size >= REMEMBERED) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
};

/** What clocks in the zone show at that moment. */
export const zonedParts = (ms: number, zone: string): ZonedParts => {
  const wall = new Date(ms + offsetAt(ms, zone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    weekday: wall.getUTCDay(),
  };
};

/**
 * The moment at which clocks in the zone show `wall`. Where they show it twice (clocks go back) the first; where never (clocks go
 * forward) as much later as the gap is long – what Temporal calls `compatible`.
 */
export const toEpoch = (wall: Wall, zone: string): number => {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second ?? 0);
  const before = offsetAt(asUtc - DAY, zone);
  const after = offsetAt(asUtc + DAY, zone);
  const shown = [asUtc - before, asUtc - after].filter((ms) => ms + offsetAt(ms, zone) === asUtc);
  return shown.length > 0 ? Math.min(...shown) : asUtc - before;
};

const iso = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** The zone's calendar day at that moment: `YYYY-MM-DD`. */
export const dayOf = (ms: number, zone: string): string => {
  const { year, month, day } = zonedParts(ms, zone);
  return iso(year, month, day);
};

const dayNumber = (day: string): number => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY);

/** `YYYY-MM-DD`, so many days on (or back). */
export const addDays = (day: string, days: number): string => {
  const at = new Date((dayNumber(day) + days) * DAY);
  return iso(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
};

/** Days from one `YYYY-MM-DD` to another; negative when it lies before. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

/** Weekday of a `YYYY-MM-DD`: 0 = Sunday. */
export const weekdayOf = (day: string): number => (((dayNumber(day) + 4) % 7) + 7) % 7;

/** The moment at which clocks in the zone show that time of that day. */
export const atDay = (day: string, zone: string, hour = 0, minute = 0): number => {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return toEpoch({ year, month, day: date, hour, minute }, zone);
};
