/**
 * Why an entry of a list was left out or cut. Programs and the terminal read the sentence; screens find which of these it is, and say it in
 * the reader's language.
 */
import { GATHERING_LIMITS, KINDS } from './gathering.ts';

/** Sentences about a field or a line; `#` stands for what differs. */
export const IMPORT_REASONS = {
  missing: 'is missing',
  notTime: 'must be a time such as 2024-05-18T15:00',
  notCapacity: `must be a whole number from 1 to ${GATHERING_LIMITS.capacity}, or empty for no limit`,
  notParty: `must be a whole number from 1 to ${GATHERING_LIMITS.party}`,
  notYesNo: 'must be yes or no',
  notKind: `must be one of ${KINDS.join(', ')}`,
  endsFirst: 'must be after the start',
  tooLong: 'must be within 24 hours of the start',
  notZone: '"#" is not a time zone such as Europe/Berlin',
  cut: 'shortened to # characters',
  fewerWords: 'only # characters are kept',
  twin: 'the same gathering as in line #',
  firstEntries: 'only the first # entries are read',
  firstTimes: "only the first # times on the board's days are read",
  noTimes: "has no time on the board's days",
  strangeRepeat: 'repeats in a way that cannot be followed',
  noEnd: 'its END:VEVENT is missing',
  notCalendar: 'this is not an iCalendar file',
  emptyTable: 'the table is empty',
  unusedColumns: 'columns not used: #',
  noColumn: 'there is no such column',
  tooLarge: 'the file is larger than # MB',
  notJson: 'this is not JSON',
  noList: 'there is no list of gatherings, events or a schedule in it',
} as const;
export type ImportReason = keyof typeof IMPORT_REASONS;

/** The sentence. @param value for `#` */
export const importReason = (reason: ImportReason, value: string | number = ''): string =>
  IMPORT_REASONS[reason].replace('#', () => String(value));

/** Which reason a sentence is, and what stands for `#`; undefined for one that is not among them. */
export const importReasonOf = (sentence: string): { readonly reason: ImportReason; readonly value: string } | undefined => {
  for (const [reason, text] of Object.entries(IMPORT_REASONS) as [ImportReason, string][]) {
    const [before = '', after] = text.split('#');
    if (after === undefined ? sentence === text : sentence.startsWith(before) && sentence.endsWith(after))
      return { reason, value: after === undefined ? '' : sentence.slice(before.length, sentence.length - after.length) };
  }
  return undefined;
};
