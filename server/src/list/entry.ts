/** One gathering of a list, whatever the format: from what was found in the file to what the board takes. */
import { importedGathering, type ImportedGathering } from '@huddle/shared/import.ts';
import { importReason } from '@huddle/shared/import-reason.ts';
import { GATHERING_LIMITS, KINDS, type Kind } from '@huddle/shared/gathering.ts';
import { isWithin } from '@huddle/shared/text.ts';
import * as v from 'valibot';
import { isZone, momentIn } from './moment.ts';

/** What a reader found. Absent: the list does not say, so what is on the board stays. Values are as the file has them. */
export interface RawEntry {
  /** Line (CSV, iCalendar) or entry (JSON), from 1. */
  readonly line: number;
  /** Written by Huddle: taken as it is. What others wrote is made to fit. */
  readonly own: boolean;
  readonly id?: unknown;
  readonly uid?: unknown;
  readonly key?: unknown;
  readonly title?: unknown;
  readonly description?: unknown;
  /** The kind itself (own lists), or words that may name one. */
  readonly kind?: unknown;
  readonly kinds?: readonly string[];
  readonly tags?: readonly string[];
  readonly languages?: readonly string[];
  /** Own lists alone have one. */
  readonly second?: unknown;
  readonly place?: unknown;
  readonly address?: unknown;
  readonly placeFor?: unknown;
  /** Epoch ms, or text; a text without offset is meant in `zone`. */
  readonly start?: unknown;
  readonly end?: unknown;
  readonly zone?: string;
  readonly capacity?: unknown;
  readonly partyMax?: unknown;
  readonly releaseAfter?: unknown;
  readonly link?: unknown;
  readonly hostName?: unknown;
  readonly price?: unknown;
  readonly registration?: unknown;
  readonly closed?: unknown;
  readonly cancelled?: unknown;
}

/** What is wrong with an entry, or what was left out of one that went in. `line` 0: the file as a whole. */
export interface ListProblem {
  readonly line: number;
  readonly field?: string;
  readonly reason: string;
}

const KIND_NAMES: ReadonlySet<string> = new Set(KINDS);
const isKind = (word: string): word is Kind => KIND_NAMES.has(word);

const LANGUAGES: Readonly<Record<string, string>> = {
  ...{
    english: 'en',
    german: 'de',
    deutsch: 'de',
    french: 'fr',
    français: 'fr',
    spanish: 'es',
    español: 'es',
    italian: 'it',
    italiano: 'it',
  },
  ...{
    portuguese: 'pt',
    dutch: 'nl',
    polish: 'pl',
    russian: 'ru',
    ukrainian: 'uk',
    turkish: 'tr',
    arabic: 'ar',
    hebrew: 'he',
    hindi: 'hi',
  },
  ...{
    japanese: 'ja',
    korean: 'ko',
    thai: 'th',
    vietnamese: 'vi',
    indonesian: 'id',
    greek: 'el',
    czech: 'cs',
    swedish: 'sv',
    danish: 'da',
  },
  ...{
    chinese: 'zh',
    mandarin: 'zh',
    cantonese: 'yue',
    中文: 'zh',
    繁體中文: 'zh-Hant',
    简体中文: 'zh-Hans',
    粵語: 'yue',
    粤语: 'yue',
    日本語: 'ja',
  },
};

/** Each word once, whatever its case, as first written. */
const distinct = (words: readonly string[]): string[] => {
  const seen = new Set<string>();
  return words.filter((word) => !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase()));
};

const cleaned = (words: readonly string[]): string[] =>
  distinct(words.map((word) => word.replace(/\s+/g, ' ').trim()).filter((word) => word !== ''));

/** The first word that names a kind is the kind; the others, and the tags, are tags. */
const kindAndTags = (kinds: readonly string[] | undefined, tags: readonly string[] | undefined): { kind?: Kind; tags?: string[] } => {
  if (kinds === undefined && tags === undefined) return {};
  const words = cleaned([...(kinds ?? []), ...(tags ?? [])]);
  const kind = cleaned(kinds ?? []).find((word) => isKind(word.toLowerCase()));
  return {
    ...(kind === undefined ? {} : { kind: kind.toLowerCase() as Kind }),
    ...(tags === undefined && words.length === 0 ? {} : { tags: words.filter((word) => word.toLowerCase() !== kind?.toLowerCase()) }),
  };
};

const present = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const text = (value: unknown): unknown =>
  value === null ? '' : typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
const name = (value: unknown): unknown => (value === null || value === '' ? undefined : text(value));

const moment = (value: unknown, zone: string): unknown => (typeof value === 'string' ? (momentIn(value, zone) ?? value) : value);

/** A number, or null for "no limit": empty, `unlimited`, `none`. What is neither stays, for the schema to refuse. */
const count = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const trimmed = value.trim();
  if (trimmed === '' || /^(?:unlimited|none|no limit|n\/a|∞|-)$/i.test(trimmed)) return null;
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : value;
};

const yes = (value: unknown): unknown => {
  if (typeof value !== 'string') return value ?? undefined;
  if (/^(?:true|yes|y|1|x|✓)$/i.test(value.trim())) return true;
  return /^(?:false|no|n|0|)$/i.test(value.trim()) ? false : value;
};

const SHORTENED = { place: 120, address: 200, hostName: 120, price: 80, registration: 80 } as const;

/** Makes what other programs wrote fit, and says what was cut. */
const fitted = (fields: Record<string, unknown>, line: number, problems: ListProblem[]): Record<string, unknown> => {
  const fit = { ...fields };
  for (const [field, longest] of Object.entries(SHORTENED)) {
    const value = fit[field];
    if (typeof value !== 'string' || isWithin(value.trim(), longest)) continue;
    fit[field] = `${Array.from(value.trim())
      .slice(0, longest - 1)
      .join('')}…`;
    problems.push({ line, field, reason: importReason('cut', longest) });
  }
  const words = (field: 'tags' | 'languages', most: number, longest: number): void => {
    const value = fields[field];
    if (!Array.isArray(value)) return;
    const kept = (value as readonly string[]).filter((word) => isWithin(word, longest)).slice(0, most);
    if (kept.length < value.length) problems.push({ line, field, reason: importReason('fewerWords', `${most} of up to ${longest}`) });
    fit[field] = kept;
  };
  words('tags', GATHERING_LIMITS.tags, GATHERING_LIMITS.tag);
  words('languages', GATHERING_LIMITS.languages, 35);
  return fit;
};

const REASONS: Readonly<Record<string, string>> = {
  start: importReason('notTime'),
  end: importReason('notTime'),
  capacity: importReason('notCapacity'),
  partyMax: importReason('notParty'),
  closed: importReason('notYesNo'),
  cancelled: importReason('notYesNo'),
  kind: importReason('notKind'),
};

/** What the schema says, in words; and what it cannot say: that a gathering ends after it starts, within a day. */
const check = (candidate: Record<string, unknown>, line: number): ImportedGathering | ListProblem => {
  const parsed = v.safeParse(importedGathering, candidate);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = issue.path?.[0]?.key;
    const named = typeof field === 'string' ? { field } : {};
    const absent = typeof field === 'string' && candidate[field] === undefined;
    const reason = absent ? importReason('missing') : ((typeof field === 'string' ? REASONS[field] : undefined) ?? issue.message);
    return { line, ...named, reason };
  }
  const { start, end } = parsed.output;
  if (end <= start) return { line, field: 'end', reason: importReason('endsFirst') };
  if (end - start > GATHERING_LIMITS.length) return { line, field: 'end', reason: importReason('tooLong') };
  return parsed.output;
};

/** A second language that stands in three cells or properties; an empty language says that there is none. */
export const secondOf = (language: string | undefined, title = '', description = ''): unknown => {
  if (language === undefined) return undefined;
  return language === '' ? null : { language, title, description };
};

/** What readers need to know of the board. */
export interface ListContext {
  /** Whose clocks are meant where the list names no zone. */
  readonly zone: string;
  /** The board's first and last day, `YYYY-MM-DD`: what repeats is read within them. */
  readonly from: string;
  readonly to: string;
  /** Makes an id for a gathering that may be new. */
  readonly makeId: () => string;
}

/** The entry as the board takes it, or what is wrong with it. What had to be cut is added to `problems`. */
export const entryOf = (raw: RawEntry, { zone, makeId }: ListContext, problems: ListProblem[]): ImportedGathering | ListProblem => {
  const { line, own } = raw;
  const clocks = raw.zone ?? zone;
  if (!isZone(clocks)) return { line, field: 'timezone', reason: importReason('notZone', clocks.slice(0, 64)) };
  const sorted = own ? { kind: raw.kind, tags: raw.tags } : kindAndTags(raw.kinds, raw.tags);
  const languages = own
    ? raw.languages
    : raw.languages && distinct(cleaned(raw.languages).map((word) => LANGUAGES[word.toLowerCase()] ?? word));
  const fields = present({
    uid: name(raw.uid),
    key: name(raw.key),
    title: text(raw.title),
    description: text(raw.description),
    ...sorted,
    languages,
    second: own ? raw.second : undefined,
    place: text(raw.place),
    address: text(raw.address),
    placeFor: raw.placeFor,
    start: moment(raw.start, clocks),
    end: moment(raw.end, clocks),
    capacity: count(raw.capacity),
    partyMax: typeof raw.partyMax === 'string' ? (count(raw.partyMax) ?? 1) : raw.partyMax,
    releaseAfter: typeof raw.releaseAfter === 'string' ? (count(raw.releaseAfter) ?? 0) : raw.releaseAfter,
    link: text(raw.link),
    hostName: text(raw.hostName),
    price: text(raw.price),
    registration: text(raw.registration),
    closed: yes(raw.closed),
    cancelled: yes(raw.cancelled),
  });
  const id = own && typeof raw.id === 'string' && /^[A-Za-z0-9_-]{8,32}$/.test(raw.id) ? raw.id : makeId();
  return check({ line, gathering: id, ...(own ? fields : fitted(fields, line, problems)) }, line);
};
