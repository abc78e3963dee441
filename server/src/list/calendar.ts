/** Lists as iCalendar (RFC 5545). Read event by event, so that a broken one spoils no other. */
import { addDays, atDay, DAY, daysBetween, HOUR } from '@huddle/shared/time.ts';
import { importReason } from '@huddle/shared/import-reason.ts';
import ICAL from 'ical.js';
import { blocksOf, componentOf, zonesOf, type Block, type Clocks, type Zones } from './calendar-file.ts';
import { secondOf, type ListContext, type ListProblem, type RawEntry } from './entry.ts';
import { dayText, occurrenceOf, recurrenceOf, type Budget, type Occurrence } from './recurrence.ts';

/** Days that one all-day entry may become. */
const MOST_DAYS = 31;
/** For everything in the file that repeats. */
const BUDGET_MS = 1500;

/** An event of the file, and the line it begins at. */
interface Event {
  readonly line: number;
  readonly component: ICAL.Component;
}

/** A line whose event cannot be read, and why. */
class Unreadable extends Error {
  constructor(
    readonly field: string,
    reason: string,
  ) {
    super(reason);
  }
}

const textOf = (component: ICAL.Component, property: string): string | undefined => {
  const value = component.getFirstPropertyValue(property);
  return value === null ? undefined : typeof value === 'string' ? value : String(value);
};

const parameterOf = (property: ICAL.Property | null, name: string): string | undefined => {
  const value: unknown = property?.getParameter(name);
  return typeof value === 'string' ? value : undefined;
};

/** `LOCATION` is place and address in one: up to the first comma it is the place. */
const whereOf = (component: ICAL.Component): Pick<RawEntry, 'place' | 'address'> => {
  const location = textOf(component, 'location');
  const comma = location?.indexOf(', ') ?? -1;
  const place = textOf(component, 'x-huddle-place') ?? (comma < 0 ? location : location?.slice(0, comma));
  if (place === undefined) return {};
  const address = textOf(component, 'x-huddle-address') ?? (comma < 0 ? '' : location?.slice(comma + 2));
  return { place, address };
};

/** Epoch ms that iCalendar, which counts in seconds, cannot say. */
const exact = (component: ICAL.Component, property: string): number | undefined => {
  const text = textOf(component, property);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

const categoriesOf = (component: ICAL.Component): string[] =>
  component.getAllProperties('categories').flatMap((property) => property.getValues().map(String));

/** Everything but when. What we wrote has an `X-HUDDLE-ID`, and its kind as the first category. */
const fieldsOf = ({ line, component }: Event): RawEntry => {
  const id = textOf(component, 'x-huddle-id');
  const own = id !== undefined;
  const uid = textOf(component, 'uid');
  const status = textOf(component, 'status');
  const categories = categoriesOf(component);
  const fields: Record<string, unknown> = {
    id,
    uid: own && uid === `${id}@huddle` ? undefined : uid,
    key: textOf(component, 'x-huddle-key'),
    title: textOf(component, 'summary'),
    description: textOf(component, 'description'),
    kind: textOf(component, 'x-huddle-kind'),
    kinds: own || categories.length === 0 ? undefined : categories,
    tags: own ? categories.slice(1) : undefined,
    languages: own ? component.getAllProperties('x-huddle-language').map((property) => String(property.getFirstValue())) : undefined,
    second: secondOf(
      textOf(component, 'x-huddle-second-language'),
      textOf(component, 'x-huddle-second-title'),
      textOf(component, 'x-huddle-second-description'),
    ),
    placeFor: textOf(component, 'x-huddle-place-for'),
    start: exact(component, 'x-huddle-start'),
    end: exact(component, 'x-huddle-end'),
    capacity: textOf(component, 'x-huddle-capacity'),
    partyMax: textOf(component, 'x-huddle-party-max'),
    releaseAfter: textOf(component, 'x-huddle-release-after'),
    link: textOf(component, 'url'),
    hostName: textOf(component, 'x-huddle-host') ?? parameterOf(component.getFirstProperty('organizer'), 'cn'),
    price: textOf(component, 'x-huddle-price'),
    registration: textOf(component, 'x-huddle-registration'),
    closed: textOf(component, 'x-huddle-closed'),
    cancelled: status === undefined ? undefined : status.toUpperCase() === 'CANCELLED',
    ...whereOf(component),
  };
  return { line, own, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
};

/** When an event begins and how long it lasts, in ms. */
interface Times {
  readonly start: ICAL.Time;
  readonly clocks: Clocks;
  readonly lasts: number;
}

const timesOf = (component: ICAL.Component, zones: Zones): Times => {
  const clocksOf = (property: ICAL.Property, field: string): Clocks => {
    const tzid = parameterOf(property, 'tzid');
    const clocks = zones.named(tzid);
    if (clocks === undefined) throw new Unreadable(field, `its time zone "${tzid ?? ''}" is neither in the file nor a known one`);
    return clocks;
  };
  const startAt = component.getFirstProperty('dtstart');
  const start: unknown = startAt?.getFirstValue();
  if (!startAt || !(start instanceof ICAL.Time)) throw new Unreadable('start', 'is missing, or is no time');
  const clocks = clocksOf(startAt, 'start');
  const endAt = component.getFirstProperty('dtend');
  if (endAt === null) {
    const duration: unknown = component.getFirstPropertyValue('duration');
    return { start, clocks, lasts: (duration instanceof ICAL.Duration && duration.toSeconds() * 1000) || (start.isDate ? DAY : HOUR) };
  }
  const end: unknown = endAt.getFirstValue();
  if (!(end instanceof ICAL.Time)) throw new Unreadable('end', 'is no time');
  if (start.isDate) return { start, clocks, lasts: Math.max(1, daysBetween(dayText(start), dayText(end))) * DAY };
  return { start, clocks, lasts: clocksOf(endAt, 'end').epoch(end) - clocks.epoch(start) || HOUR };
};

/** `20240518T130000Z`, or the day of an all-day event: which of several this is. */
const instanceName = ({ at, day }: Occurrence): string => day ?? new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

const nextName = (fields: RawEntry, name: string): RawEntry =>
  typeof fields.uid === 'string' ? { ...fields, uid: `${fields.uid}/${name}` } : fields;

/** All day: an entry for each day, from midnight to midnight, 24 h at most. Of several days, those of the board. */
const eachDay = (fields: RawEntry, first: string, days: number, { zone, from, to }: ListContext): RawEntry[] => {
  if (days <= 1) return [onDay(fields, first, zone)];
  const ahead = Math.max(0, daysBetween(first, from));
  const count = Math.min(days, daysBetween(first, to) + 1, ahead + MOST_DAYS) - ahead;
  return Array.from({ length: Math.max(0, count) }, (_, at) => addDays(first, ahead + at)).map((day) =>
    onDay(nextName(fields, day), day, zone),
  );
};

const onDay = (fields: RawEntry, day: string, zone: string): RawEntry => {
  const start = atDay(day, zone);
  return { ...fields, start, end: Math.min(atDay(addDays(day, 1), zone), start + DAY) };
};

const entriesAt = (fields: RawEntry, { at, day }: Occurrence, lasts: number, context: ListContext): RawEntry[] =>
  day === undefined ? [{ start: at, end: at + lasts, ...fields }] : eachDay(fields, day, Math.round(lasts / DAY), context);

const instanceOf = (component: ICAL.Component, zones: Zones): Occurrence | undefined => {
  const property = component.getFirstProperty('recurrence-id');
  const time: unknown = property?.getFirstValue();
  const clocks = zones.named(parameterOf(property, 'tzid'));
  return time instanceof ICAL.Time && clocks !== undefined ? occurrenceOf(time, clocks) : undefined;
};

/** What a file is read with. */
interface Reading {
  readonly context: ListContext;
  readonly zones: Zones;
  readonly budget: Budget;
  /** By UID: the instances that other events of the file replace. */
  readonly replaced: ReadonlyMap<string, ReadonlySet<number>>;
  readonly problems: ListProblem[];
}

const readEvent = (event: Event, { context, zones, budget, replaced, problems }: Reading): RawEntry[] => {
  const { component, line } = event;
  const { start, clocks, lasts } = timesOf(component, zones);
  const fields = fieldsOf(event);
  const instance = instanceOf(component, zones);
  if (instance !== undefined) return entriesAt(nextName(fields, instanceName(instance)), occurrenceOf(start, clocks), lasts, context);
  const times = recurrenceOf(component, start, { ...context, clocks, clocksOf: (tzid) => zones.named(tzid), budget });
  if (times === undefined) throw new Unreadable('rrule', importReason('strangeRepeat'));
  if (times.more) problems.push({ line, field: 'rrule', reason: importReason('firstTimes', times.within.length) });
  if (times.within.length === 0) throw new Unreadable('rrule', importReason('noTimes'));
  const elsewhere = replaced.get(textOf(component, 'uid') ?? '');
  return times.within
    .filter(({ at }) => elsewhere?.has(at) !== true)
    .flatMap((time) => entriesAt(times.repeats ? nextName(fields, instanceName(time)) : fields, time, lasts, context));
};

const parsed = ({ line, text, whole }: Block): Event => {
  if (!whole) throw new Unreadable('', importReason('noEnd'));
  return { line, component: componentOf(text) };
};

/** Keeps going: what one event throws becomes a problem of its line. */
const each = <T, R>(things: readonly T[], lineOf: (thing: T) => number, problems: ListProblem[], read: (thing: T) => R): R[] =>
  things.flatMap((thing) => {
    try {
      return [read(thing)];
    } catch (error) {
      const field = error instanceof Unreadable && error.field !== '' ? { field: error.field } : {};
      problems.push({ line: lineOf(thing), ...field, reason: error instanceof Error ? error.message : String(error) });
      return [];
    }
  });

/** Reads a calendar. Lines are those of each `BEGIN:VEVENT`. */
export const readCalendar = (
  text: string,
  context: ListContext,
  most: number,
): { readonly entries: readonly RawEntry[]; readonly problems: readonly ListProblem[] } => {
  const problems: ListProblem[] = [];
  const blocks = blocksOf(text);
  if (!/^BEGIN:VCALENDAR/im.test(text) && blocks.length === 0)
    return { entries: [], problems: [{ line: 1, reason: importReason('notCalendar') }] };
  const zones = zonesOf(blocks, context.zone);
  const found = blocks.filter(({ name }) => name === 'VEVENT').slice(0, most + 1);
  const events = each(found, ({ line }) => line, problems, parsed);
  const replaced = new Map<string, Set<number>>();
  for (const { component } of events) {
    const instance = instanceOf(component, zones);
    const uid = textOf(component, 'uid') ?? '';
    if (instance !== undefined) replaced.set(uid, (replaced.get(uid) ?? new Set()).add(instance.at));
  }
  const reading: Reading = { context, zones, budget: { ms: BUDGET_MS }, replaced, problems };
  const entries = each(
    events,
    ({ line }) => line,
    problems,
    (event) => readEvent(event, reading),
  ).flat();
  return { entries: entries.slice(0, most + 1), problems };
};
