/** Bringing a list onto a board: read as a whole, checked entry by entry, submitted in parts. */
import type { ImportedGathering, ImportResult } from '@huddle/shared/import.ts';
import { importReason } from '@huddle/shared/import-reason.ts';
import type { Ack, Refusal } from '@huddle/shared/protocol.ts';
import type { Actor, ServedBoard } from '../live/api.ts';
import { readCalendar } from './calendar.ts';
import { readCsv } from './csv.ts';
import { entryOf, type ListContext, type ListProblem, type RawEntry } from './entry.ts';
import type { ListFormat } from './format.ts';
import { readJson } from './json.ts';

export type { ListContext, ListProblem } from './entry.ts';

/** The largest file that is read. */
export const LIST_BYTES = 10 * 1024 * 1024;
const LIST_ENTRIES = 5000;
/** Entries a command. */
const CHUNK = 200;

/** A list as the board takes it, and what could not be read. `problems` may be about entries that went in (something was cut). */
export interface List {
  readonly entries: readonly ImportedGathering[];
  readonly problems: readonly ListProblem[];
}

/** UTF-8; UTF-16 where the file says so; else what older spreadsheets write. */
const decode = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

const rawEntries = (
  text: string,
  format: ListFormat,
  context: ListContext,
): { readonly entries: readonly RawEntry[]; readonly problems: readonly ListProblem[] } => {
  if (format === 'csv') return readCsv(text, LIST_ENTRIES);
  return format === 'ics' ? readCalendar(text, context, LIST_ENTRIES) : readJson(text);
};

/** Entries by what they are known by; the same twice in one list is a mistake that says so. */
const identityOf = ({ uid, key, title, start }: ImportedGathering): string =>
  uid !== undefined ? `uid ${uid}` : key !== undefined ? `key ${key}` : `title ${title} ${start}`;

/** Reads a list of gatherings. Never throws: a bad entry is a problem with its line and reason, the rest goes in. */
export const readList = (bytes: Uint8Array, format: ListFormat, context: ListContext): List => {
  if (bytes.length > LIST_BYTES)
    return { entries: [], problems: [{ line: 0, reason: importReason('tooLarge', LIST_BYTES / 1024 / 1024) }] };
  const read = rawEntries(decode(bytes), format, context);
  const problems = [...read.problems];
  if (read.entries.length > LIST_ENTRIES) problems.push({ line: 0, reason: importReason('firstEntries', LIST_ENTRIES) });
  const lineOf = new Map<string, number>();
  const entries = read.entries.slice(0, LIST_ENTRIES).flatMap((raw) => {
    const entry = entryOf(raw, context, problems);
    if ('reason' in entry) {
      problems.push(entry);
      return [];
    }
    const identity = identityOf(entry);
    const twin = lineOf.get(identity);
    if (twin !== undefined) {
      problems.push({ line: entry.line, reason: importReason('twin', twin) });
      return [];
    }
    lineOf.set(identity, entry.line);
    return [entry];
  });
  return { entries, problems: problems.sort((a, b) => a.line - b.line) };
};

/** How many entries became what; and each that was left out, or cut, with its reason. */
export interface ImportReport {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly skipped: readonly { readonly line: number; readonly field: string; readonly reason: string }[];
}

/** The report; with a refusal when the board stopped taking parts, after those that the report counts. */
export interface ImportOutcome {
  readonly report: ImportReport;
  readonly refusal?: Refusal;
}

/** What comes in from outside. */
export interface ImportParts {
  /** Makes the id of a command. */
  readonly makeId: () => string;
  /** Waits so many ms. */
  readonly wait: (ms: number) => Promise<void>;
  /** Told after each part: entries done, and of how many. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** How often a part is sent again while the store is away. */
const TRIES = 20;

/** The same command, same id, until the store answers (B7: at most one effect). */
const submit = async (board: Pick<ServedBoard, 'submit'>, command: object, actor: Actor, wait: ImportParts['wait']): Promise<Ack> => {
  let ack = await board.submit(command, actor);
  for (let tries = 1; !ack.ok && (ack.code === 'retry' || ack.code === 'tooMany') && tries < TRIES; tries += 1) {
    await wait(ack.retryAfterMs ?? 500);
    ack = await board.submit(command, actor);
  }
  return ack;
};

/** Brings the list onto the board, in parts of 200, in its order. */
export const importList = async (
  board: Pick<ServedBoard, 'submit'>,
  actor: Actor,
  { entries, problems }: List,
  parts: ImportParts,
): Promise<ImportOutcome> => {
  const { makeId, wait, onProgress } = parts;
  const counts = { added: 0, changed: 0, same: 0 };
  const skipped: ImportResult['skipped'][number][] = problems.map(({ line, field = '', reason }) => ({ line, field, reason }));
  const reportNow = (): ImportReport => ({ ...counts, skipped: [...skipped].sort((a, b) => a.line - b.line) });
  onProgress?.(0, entries.length);
  for (let from = 0; from < entries.length; from += CHUNK) {
    const gatherings = entries.slice(from, from + CHUNK);
    const ack = await submit(board, { type: 'importGatherings', id: makeId(), gatherings }, actor, wait);
    if (!ack.ok) {
      const { ok: _ok, ...refusal } = ack;
      return { report: reportNow(), refusal };
    }
    // What the rule `importGatherings` answers; a board trusts its own rules.
    const result = ack.result as ImportResult;
    counts.added += result.added.length;
    counts.changed += result.changed.length;
    counts.same += result.same.length;
    skipped.push(...result.skipped);
    onProgress?.(Math.min(from + CHUNK, entries.length), entries.length);
  }
  return { report: reportNow() };
};
