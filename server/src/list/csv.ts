/** Lists as tables: comma, semicolon or tab; header names in any case and order. */
import type { GatheringRecord } from '@huddle/shared/gathering.ts';
import { importReason } from '@huddle/shared/import-reason.ts';
import { parse, type CsvError, type Info } from 'csv-parse/sync';
import { secondOf, type ListProblem, type RawEntry } from './entry.ts';
import { momentText } from './moment.ts';

/** What columns are called, in plain letters. The first of each is what we write. */
const HEADERS = {
  id: ['huddle'],
  uid: ['uid', 'icaluid'],
  key: ['key', 'id', 'code', 'guid'],
  title: ['title', 'name', 'summary', 'subject', 'event', 'eventname', '標題', '标题', '名稱', '名称'],
  kind: ['kind'],
  kinds: ['kinds', 'type', 'types', 'category', 'categories', 'format', '類型', '类型'],
  hostName: ['host', 'hosts', 'hostname', 'organizer', 'organiser', 'organizers', 'organisers', 'speaker', 'speakers', '主辦', '主办'],
  day: ['date', 'day', '日期'],
  start: ['start', 'starts', 'begin', 'from', 'starttime', 'startdate', 'startsat', '開始', '开始'],
  end: ['end', 'ends', 'until', 'to', 'endtime', 'enddate', 'endsat', '結束', '结束'],
  zone: ['timezone', 'zone', 'tz', '時區', '时区'],
  place: ['venue', 'place', 'room', 'location', '地點', '地点', '場地', '场地'],
  address: ['address', '地址'],
  placeFor: ['placefor'],
  capacity: ['capacity', 'seats', 'limit', 'maxattendees', '名額', '名额', '人數', '人数'],
  partyMax: ['partymax'],
  releaseAfter: ['releaseafter'],
  languages: ['languages', 'language', '語言', '语言'],
  secondLanguage: ['secondlanguage'],
  secondTitle: ['secondtitle'],
  secondDescription: ['seconddescription'],
  tags: ['tags', 'tag', 'keywords', 'topics', '標籤', '标签'],
  price: ['price', 'cost', 'fee', '價格', '价格', '費用', '费用'],
  registration: ['registration', '報名', '报名'],
  link: ['url', 'link', 'website', 'registrationlink', '連結', '链接'],
  closed: ['closed'],
  cancelled: ['cancelled', 'canceled'],
  description: ['description', 'abstract', 'details', 'about', '簡介', '简介', '描述'],
} as const;
type Column = keyof typeof HEADERS;
const COLUMNS = Object.keys(HEADERS) as Column[];
const COLUMN_OF: ReadonlyMap<string, Column> = new Map(
  COLUMNS.flatMap((column) => HEADERS[column].map((header) => [header, column] as const)),
);

const columnOf = (header: string): Column | undefined =>
  COLUMN_OF.get(
    header
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_-]+/g, ''),
  );

// A cell that a spreadsheet would take for a formula gets an apostrophe; so does one that has apostrophes before such a sign, for
// taking off one again must give back what was there.
const FORMULA = /^'*[=+\-@\t\r]/;
const guard = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
const unguard = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** Words in one cell: `a, b, "c, d"`. */
const listText = (words: readonly string[]): string =>
  words.map((word) => (/[",;]/.test(word) ? `"${word.replace(/"/g, '""')}"` : word)).join(', ');
const listIn = (cell: string): string[] =>
  Array.from(
    cell.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,;]*))\s*(?:[,;]|$)/g),
    ([, quoted, bare]) => quoted?.replace(/""/g, '"') ?? bare?.trim() ?? '',
  ).filter((word) => word !== '');

/** Some headers, for a sentence: a file that is no table may have thousands, or one of many thousand letters. */
const listed = (headers: readonly string[]): string => {
  const some = headers.slice(0, 12).map((header) => (header.length > 40 ? `${header.slice(0, 40)}…` : header));
  return [...some, ...(headers.length > some.length ? ['…'] : [])].join(', ');
};

/** A row longer than this, in characters, is no gathering; looking at it as a table would take half a minute. */
const ROW = 128 * 1024;

/** The delimiter that the first line has most of, outside quotes. Only its beginning is looked at: the expression needs stack for what it skips. */
const delimiterOf = (text: string): string => {
  const [line = ''] = text
    .slice(0, 4096)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r?\n|\r/, 1);
  const counts = [',', ';', '\t'].map((sign) => [sign, line.split(sign).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
};

interface Row {
  readonly record: string[];
  readonly raw: string;
  readonly info: Info;
}

/** A time alone belongs to the day of the column `date`. */
const dated = (cell: string | undefined, day: string | undefined): string | undefined => {
  if (cell === undefined || day === undefined || day === '') return cell ?? day;
  return /^\d{1,2}:\d{2}(?::\d{2})?$/.test(cell.trim()) ? `${day} ${cell}` : cell;
};

/** Columns whose cells are taken as they are. */
const MADE = ['kinds', 'tags', 'languages', 'day', 'start', 'end', 'zone', 'secondLanguage', 'secondTitle', 'secondDescription'] as const;
type Made = (typeof MADE)[number];
const PLAIN = COLUMNS.filter((column): column is Exclude<Column, Made> => !MADE.some((made) => made === column));

const rawEntry = (line: number, cells: ReadonlyMap<Column, string>): RawEntry => {
  const own = cells.has('id');
  const lists = {
    kinds: own ? undefined : (cells.get('kinds') ?? cells.get('kind')),
    tags: cells.get('tags'),
    languages: cells.get('languages'),
  };
  const second = secondOf(cells.get('secondLanguage')?.trim(), cells.get('secondTitle'), cells.get('secondDescription'));
  const zone = cells.get('zone')?.trim();
  return {
    line,
    own,
    ...Object.fromEntries(PLAIN.filter((column) => cells.has(column)).map((column) => [column, cells.get(column)])),
    ...Object.fromEntries(Object.entries(lists).flatMap(([field, cell]) => (cell === undefined ? [] : [[field, listIn(cell)]]))),
    ...(second === undefined ? {} : { second }),
    start: dated(cells.get('start'), cells.get('day')),
    end: dated(cells.get('end'), cells.get('day')),
    ...(zone === undefined || zone === '' ? {} : { zone }),
  };
};

/** Reads a table. Lines count from 1, the header being the first. */
export const readCsv = (
  text: string,
  most: number,
): { readonly entries: readonly RawEntry[]; readonly problems: readonly ListProblem[] } => {
  const problems: ListProblem[] = [];
  const rows = parse(text, {
    bom: true,
    delimiter: delimiterOf(text.replace(/^\ufeff/, '')),
    info: true,
    max_record_size: ROW,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    to: most + 2,
    on_skip: (error: CsvError | undefined) => {
      if (error !== undefined) problems.push({ line: Number(error['lines'] ?? 0), reason: `cannot be read as a table: ${error.message}` });
      return undefined;
    },
  }) as unknown as Row[];
  const [head, ...body] = rows;
  if (head === undefined) return { entries: [], problems: [...problems, { line: 1, reason: importReason('emptyTable') }] };
  const columns = head.record.map(columnOf);
  const unknown = head.record.filter((header, at) => columns[at] === undefined && header.trim() !== '');
  if (unknown.length > 0) problems.push({ line: 1, reason: importReason('unusedColumns', listed(unknown)) });
  if (!columns.includes('title'))
    return { entries: [], problems: [...problems, { line: 1, field: 'title', reason: importReason('noColumn') }] };
  const entries = body.flatMap(({ record, raw, info }) => {
    if (record.every((cell) => cell.trim() === '')) return [];
    const line = info.lines - (raw.replace(/^[\r\n]+|[\r\n]+$/g, '').match(/\r\n|\r|\n/g)?.length ?? 0);
    const cells = new Map<Column, string>();
    record.forEach((cell, at) => {
      const column = columns[at];
      if (column !== undefined && !cells.has(column)) cells.set(column, unguard(cell));
    });
    return [rawEntry(line, cells)];
  });
  return { entries, problems };
};

const cellsOf = (gathering: GatheringRecord, zone: string): Partial<Record<Column, string>> => ({
  id: gathering.id.slice('gathering/'.length),
  uid: gathering.source?.uid ?? '',
  key: gathering.source?.key ?? '',
  title: gathering.title,
  kind: gathering.kind,
  hostName: gathering.hostName,
  start: momentText(gathering.start, zone),
  end: momentText(gathering.end, zone),
  zone,
  place: gathering.place,
  address: gathering.address,
  placeFor: gathering.placeFor,
  capacity: gathering.capacity === null ? '' : String(gathering.capacity),
  partyMax: String(gathering.partyMax),
  releaseAfter: String(gathering.releaseAfter),
  languages: listText(gathering.languages),
  secondLanguage: gathering.second?.language ?? '',
  secondTitle: gathering.second?.title ?? '',
  secondDescription: gathering.second?.description ?? '',
  tags: listText(gathering.tags),
  price: gathering.price,
  registration: gathering.registration,
  link: gathering.link,
  closed: gathering.closed ? 'yes' : 'no',
  cancelled: gathering.cancelled ? 'yes' : 'no',
  description: gathering.description,
});
const WRITTEN = COLUMNS.filter((column) => column !== 'kinds' && column !== 'day');

const quote = (cell: string): string => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);

/** A table that spreadsheets open as text, never as formulas; times on the clocks of the zone. RFC 4180, with a BOM for Excel. */
export const writeCsv = (gatherings: readonly GatheringRecord[], zone: string): string => {
  const rows = gatherings.map((gathering) => {
    const cells = cellsOf(gathering, zone);
    return WRITTEN.map((column) => quote(guard(cells[column] ?? ''))).join(',');
  });
  return `\ufeff${[WRITTEN.map((column) => HEADERS[column][0]).join(','), ...rows].join('\r\n')}\r\n`;
};
