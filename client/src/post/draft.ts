/**
 * The draft of a post: one line, and what the person set by hand. The line is parsed again at each key; what a hand has touched
 * wins over it, and stays when the line changes.
 */
import { GATHERING_LIMITS, type Kind, type ReleaseAfter, type Second } from '@huddle/shared/gathering.ts';
import type { CommandInput } from '@huddle/shared/protocol.ts';

/** What the line says, or what is assumed where it says nothing. Times in epoch ms. */
export interface Parsed {
  readonly title: string;
  readonly kind: Kind;
  readonly place?: string;
  readonly start: number;
  readonly end: number;
  readonly capacity?: number;
  readonly partyMax?: number;
  readonly tags: readonly string[];
}

/** What was set by hand. `length` in ms. */
export interface Touched {
  title?: string;
  kind?: Kind;
  place?: string;
  address?: string;
  start?: number;
  length?: number;
  /** null: no limit. */
  capacity?: number | null;
  partyMax?: number;
  tags?: string[];
  description?: string;
  link?: string;
  placeFor?: 'all' | 'going';
  releaseAfter?: ReleaseAfter;
  languages?: string[];
  second?: Second | null;
}

export interface Draft {
  /** Made with the draft and kept with it, so that whatever is sent twice makes one gathering. */
  readonly gathering: string;
  readonly line: string;
  readonly touched: Readonly<Touched>;
}

/** What would be posted. */
export interface Outcome {
  readonly title: string;
  readonly kind: Kind;
  readonly place: string;
  readonly address: string;
  readonly placeFor: 'all' | 'going';
  readonly start: number;
  readonly end: number;
  readonly capacity: number | null;
  readonly partyMax: number;
  readonly releaseAfter: ReleaseAfter;
  readonly tags: readonly string[];
  readonly languages: readonly string[];
  readonly second: Second | null;
  readonly description: string;
  readonly link: string;
}

/** A draft with nothing in it yet. */
export const emptyDraft = (gathering: string): Draft => ({ gathering, line: '', touched: {} });

/** true while there is nothing that a person would miss. */
export const isEmpty = ({ line, touched }: Draft): boolean => line.trim() === '' && Object.keys(touched).length === 0;

/** Lays what was set by hand over what the line says. `fallbackTitle` is for chips alone: "Corner meeting". */
export const outcome = ({ touched }: Draft, parsed: Parsed, fallbackTitle: (kind: Kind) => string): Outcome => {
  const kind = touched.kind ?? parsed.kind;
  const start = touched.start ?? parsed.start;
  const capacity = touched.capacity === undefined ? (parsed.capacity ?? null) : touched.capacity;
  return {
    title: (touched.title ?? parsed.title).trim() || fallbackTitle(kind),
    kind,
    place: touched.place ?? parsed.place ?? '',
    address: touched.address ?? '',
    placeFor: touched.placeFor ?? 'all',
    start,
    end: start + (touched.length ?? parsed.end - parsed.start),
    capacity,
    partyMax: Math.min(touched.partyMax ?? parsed.partyMax ?? 1, capacity ?? GATHERING_LIMITS.party),
    releaseAfter: touched.releaseAfter ?? 0,
    tags: touched.tags ?? parsed.tags,
    languages: touched.languages ?? [],
    second: touched.second ?? null,
    description: touched.description ?? '',
    link: touched.link ?? '',
  };
};

/** The second language as it is sent: one in which nothing was said is none. */
export const secondToSend = (second: Second | null): Second | null =>
  second === null || (second.title.trim() === '' && second.description.trim() === '') ? null : second;

/** The command that posts it. */
export const postCommand = (gathering: string, outcome: Outcome): CommandInput => ({
  type: 'postGathering',
  gathering,
  ...outcome,
  tags: [...outcome.tags],
  languages: [...outcome.languages],
  second: secondToSend(outcome.second),
});

/** The field that cannot be sent as it is, found without asking the server; it says the same by `invalid` and `field`. */
export const wrongField = ({
  link,
  end,
  start,
  tags,
  second,
}: Pick<Outcome, 'link' | 'end' | 'start' | 'tags' | 'second'>): 'link' | 'end' | 'tags' | 'second' | undefined => {
  if (link.trim() !== '' && !/^https:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/i.test(link.trim())) return 'link';
  if (end <= start || end - start > GATHERING_LIMITS.length) return 'end';
  if (tags.length > GATHERING_LIMITS.tags) return 'tags';
  return secondToSend(second)?.title.trim() === '' ? 'second' : undefined;
};

/** Words between commas (also the Chinese ones), `#` taken off, without doubles. */
export const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\n]+/)
      .map((word) => word.trim().replace(/^[#＃]/, ''))
      .filter((word) => word !== ''),
  ),
];
