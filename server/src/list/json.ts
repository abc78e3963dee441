/** Lists as JSON: our own export, a bare array, `{ events: [...] }`, or a schedule as pretalx and frab write it. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import { importReason } from '@huddle/shared/import-reason.ts';
import type { ListProblem, RawEntry } from './entry.ts';
import { isZone, momentIn, momentText } from './moment.ts';

type Thing = Readonly<Record<string, unknown>>;
const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value);
const things = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value by the first of these names that is there at all. */
const at = (thing: Thing, ...names: readonly string[]): unknown => {
  const found = names.find((each) => Object.hasOwn(thing, each));
  return found === undefined ? undefined : thing[found];
};

/** Words: a list of them, or one text with commas; objects by their name. */
const words = (value: unknown): string[] | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value.split(/[,;]/);
  return things(value).flatMap((each) => (typeof each === 'string' ? [each] : nameOf(each)));
};

const nameOf = (value: unknown): string[] => {
  const said = isThing(value) ? at(value, 'public_name', 'name', 'en', 'title') : value;
  return typeof said === 'string' && said !== '' ? [said] : [];
};

const names = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.flatMap(nameOf).join(', ');
  return isThing(value) ? nameOf(value).join('') : value;
};

const given = (fields: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const zoneOf = (...values: readonly unknown[]): { readonly zone?: string } => {
  const zone = values.find((value) => typeof value === 'string' && value !== '');
  return typeof zone === 'string' ? { zone } : {};
};

/** An entry of a plain list. */
const plain = (thing: Thing, line: number, own: boolean, zone: unknown): RawEntry => ({
  line,
  own,
  ...given({
    id: own ? at(thing, 'id') : undefined,
    uid: at(thing, 'uid'),
    key: own ? at(thing, 'key') : at(thing, 'key', 'id', 'code', 'guid'),
    title: at(thing, 'title', 'name', 'summary'),
    description: at(thing, 'description', 'abstract'),
    kind: own ? at(thing, 'kind') : undefined,
    kinds: own ? undefined : words(at(thing, 'kinds', 'kind', 'type', 'categories')),
    tags: words(at(thing, 'tags', 'keywords')),
    languages: words(at(thing, 'languages', 'language')),
    second: own ? at(thing, 'second') : undefined,
    place: names(at(thing, 'place', 'venue', 'room', 'location')),
    address: at(thing, 'address'),
    placeFor: at(thing, 'placeFor'),
    start: at(thing, 'start', 'begin'),
    end: at(thing, 'end'),
    capacity: at(thing, 'capacity'),
    partyMax: at(thing, 'partyMax'),
    releaseAfter: own ? at(thing, 'releaseAfter') : undefined,
    link: at(thing, 'link', 'url'),
    hostName: names(at(thing, 'hostName', 'host', 'organizer', 'organiser', 'hosts')),
    price: at(thing, 'price'),
    registration: at(thing, 'registration'),
    closed: at(thing, 'closed'),
    cancelled: at(thing, 'cancelled', 'canceled'),
  }),
  ...zoneOf(at(thing, 'timezone', 'zone'), zone),
});

const MINUTES = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/;

/** `HH:MM`, or `D:HH:MM`, in ms. */
const durationIn = (text: unknown): number | undefined => {
  const [, days = '0', hours, minutes] = MINUTES.exec(typeof text === 'string' ? text : '') ?? [];
  return hours === undefined ? undefined : ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
};

/** An entry of a schedule: when it starts stands in it, its end as a duration, its place is the room it is listed under. */
const scheduled = (thing: Thing, line: number, room: string, zone: string | undefined): RawEntry => {
  const date = at(thing, 'date');
  const start = typeof date === 'string' ? momentIn(date, zone ?? 'UTC') : undefined;
  const length = durationIn(at(thing, 'duration'));
  const texts = [at(thing, 'abstract'), at(thing, 'description')].filter((each) => typeof each === 'string' && each !== '');
  const key = at(thing, 'guid', 'code', 'id');
  return {
    line,
    own: false,
    ...given({
      key: typeof key === 'number' ? String(key) : key,
      title: at(thing, 'title'),
      description: texts.join('\n\n'),
      kinds: words(at(thing, 'type')),
      tags: [...nameOf(at(thing, 'track')), ...(words(at(thing, 'tags')) ?? [])],
      languages: words(at(thing, 'language')),
      start: start ?? date,
      end: start === undefined || length === undefined ? at(thing, 'end') : start + length,
      link: at(thing, 'url'),
      hostName: names(at(thing, 'persons')),
    }),
    place: names(at(thing, 'room')) ?? room,
    ...zoneOf(zone),
  };
};

const readSchedule = (conference: Thing): readonly RawEntry[] => {
  const named = at(conference, 'time_zone_name');
  const zone = typeof named === 'string' && isZone(named) ? named : undefined;
  let line = 0;
  return things(at(conference, 'days')).flatMap((day) =>
    Object.entries(isThing(day) && isThing(at(day, 'rooms')) ? (at(day, 'rooms') as Thing) : {}).flatMap(([room, entries]) =>
      things(entries).map((entry) => scheduled(isThing(entry) ? entry : {}, (line += 1), room, zone)),
    ),
  );
};

/** Deeper than any list of gatherings; parsing what millions of brackets open would take many seconds. */
const DEEPEST = 64;

const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length && depth <= DEEPEST; index += 1) {
    const sign = text[index];
    if (sign === '"') quoted = !quoted;
    else if (sign === '\\' && quoted) index += 1;
    else if (!quoted && (sign === '[' || sign === '{')) depth += 1;
    else if (!quoted && (sign === ']' || sign === '}')) depth -= 1;
  }
  return depth > DEEPEST;
};

const parsed = (text: string): unknown => {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
};

/** Reads a JSON list. `line` is the entry, from 1. */
export const readJson = (text: string): { readonly entries: readonly RawEntry[]; readonly problems: readonly ListProblem[] } => {
  const whole = parsed(text);
  if (whole === undefined) return { entries: [], problems: [{ line: 0, reason: importReason('notJson') }] };
  const top = isThing(whole) ? whole : {};
  const schedule = at(top, 'schedule');
  const conference = isThing(schedule) ? at(schedule, 'conference') : at(top, 'conference');
  if (isThing(conference)) return { entries: readSchedule(conference), problems: [] };
  const own = at(top, 'gatherings');
  const list = Array.isArray(whole) ? whole : (own ?? at(top, 'events', 'entries', 'items', 'data'));
  if (!Array.isArray(list)) return { entries: [], problems: [{ line: 0, reason: importReason('noList') }] };
  const zone = at(top, 'timezone', 'zone');
  return { entries: list.map((entry, index) => plain(isThing(entry) ? entry : {}, index + 1, own !== undefined, zone)), problems: [] };
};

/** `{ board, zone, gatherings }`, everything that an import takes back; times with the offset of the zone. */
export const writeJson = (gatherings: readonly GatheringRecord[], board: { readonly name: string; readonly zone: string }): string => {
  const list = gatherings.map((gathering) => {
    const { id, type: _type, rev: _rev, source, hidden: _hidden, createdAt: _at, createdBy: _by, start, end, ...fields } = gathering;
    const times = { start: momentText(start, board.zone), end: momentText(end, board.zone) };
    return { id: id.slice('gathering/'.length), ...source, ...fields, ...times };
  });
  return `${JSON.stringify({ board: board.name, zone: board.zone, gatherings: list }, null, 1)}\n`;
};
