/** A board's gatherings as a list: everything that an import takes back, so that reading it changes nothing. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import { writeCalendar } from './calendar-text.ts';
import { writeCsv } from './csv.ts';
import type { ListFormat } from './format.ts';
import { writeJson } from './json.ts';

/** The list as text (UTF-8), in order of start. It shows places that only those going may see: for organisers alone. */
export const writeList = (
  gatherings: readonly GatheringRecord[],
  format: ListFormat,
  board: { readonly name: string; readonly zone: string },
): string => {
  const sorted = [...gatherings].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  if (format === 'csv') return writeCsv(sorted, board.zone);
  return format === 'ics' ? writeCalendar(sorted, board) : writeJson(sorted, board);
};
