/** The answer to an import: one JSON object a line, as it goes on. */

/** An entry that was left out, and why. `line` counts from 1. */
export interface SkippedEntry {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

/** How many entries of the list became what. */
export interface ImportReport {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly skipped: readonly SkippedEntry[];
}

/** What is known so far. */
export type ImportAnswer =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'report'; readonly report: ImportReport }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const count = (value: unknown): number => (Array.isArray(value) ? value.length : number(value));

const skippedOf = (value: unknown): SkippedEntry[] =>
  (Array.isArray(value) ? value : []).filter(isObject).map((entry) => ({
    line: number(entry['line']),
    field: text(entry['field']),
    reason: text(entry['reason']),
  }));

const answerOf = (line: string): ImportAnswer | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { report, error } = value;
  if (isObject(report)) {
    const { added, changed, same, skipped } = report;
    return { kind: 'report', report: { added: count(added), changed: count(changed), same: count(same), skipped: skippedOf(skipped) } };
  }
  if (isObject(error)) return { kind: 'error', code: text(error['code']), message: text(error['message']) };
  return 'done' in value ? { kind: 'progress', done: number(value['done']), of: number(value['of']) } : undefined;
};

/** The last thing said in what has arrived so far; a line still on its way is left out unless `ended`. */
export const readAnswer = (received: string, ended: boolean): ImportAnswer | undefined => {
  const lines = received.split('\n');
  if (!ended) lines.pop();
  return lines
    .reverse()
    .map(answerOf)
    .find((answer) => answer !== undefined);
};

/** The format of a list by its file name; undefined: the person has to say. */
export const formatOf = (fileName: string): 'ics' | 'csv' | 'json' | undefined => {
  const ending = /\.(ics|ical|csv|json)$/i.exec(fileName)?.[1]?.toLowerCase();
  return ending === 'ical' ? 'ics' : ending === 'ics' || ending === 'csv' || ending === 'json' ? ending : undefined;
};
