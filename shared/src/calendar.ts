/** Writing iCalendar (RFC 5545), in UTC, so that no zone rules need to travel along: the same file from a node and from a phone. */
import type { CardView } from './gathering.ts';

const OCTETS = 75;

/** How many octets a character takes in UTF-8; half a surrogate pair is written as U+FFFD. */
const octetsOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
};

/** §3.3.11: backslashes, semicolons, commas and line ends. */
export const escapeText = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');

/** §3.1: at most 75 octets a line, never cut inside a character. */
export const foldLine = (line: string): string => {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
};

/** Epoch ms as `20261114T103000Z`; the second it lies in. */
export const utcText = (ms: number): string => new Date(Math.floor(ms / 1000) * 1000).toISOString().replace(/[-:]|\.\d+/g, '');

/** What a calendar says of a gathering; `id` is the gathering's. `rev` orders its versions; `tentative`: not sure to come. */
export interface CalendarEntry extends Pick<CardView, 'title' | 'start' | 'end' | 'place' | 'tags'> {
  readonly id: string;
  readonly address?: string;
  readonly description?: string;
  readonly cancelled?: boolean;
  readonly tentative?: boolean;
  readonly rev?: number;
}

/** Whose gatherings they are. `base`: scheme and host of the links. */
export interface CalendarBoard {
  readonly slug: string;
  readonly name: string;
  readonly zone: string;
  readonly base: string;
}

const statusOf = ({ cancelled, tentative }: CalendarEntry): string => (cancelled ? 'CANCELLED' : tentative ? 'TENTATIVE' : 'CONFIRMED');

const eventLines = ({ slug, base }: CalendarBoard, entry: CalendarEntry, stamp: string): readonly string[] => {
  const url = `${base}/b/${slug}/g/${entry.id}`;
  const where = [entry.place, entry.address].filter(Boolean).join(', ');
  const about = [entry.description, url].filter(Boolean).join('\n\n');
  return [
    'BEGIN:VEVENT',
    `UID:${entry.id}.${slug}@huddle`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${utcText(entry.start)}`,
    `DTEND:${utcText(entry.end)}`,
    `SUMMARY:${escapeText(entry.title)}`,
    ...(where === '' ? [] : [`LOCATION:${escapeText(where)}`]),
    `DESCRIPTION:${escapeText(about)}`,
    `URL:${url}`,
    ...(entry.tags === undefined || entry.tags.length === 0 ? [] : [`CATEGORIES:${entry.tags.map(escapeText).join(',')}`]),
    `STATUS:${statusOf(entry)}`,
    ...(entry.rev === undefined ? [] : [`SEQUENCE:${entry.rev}`]),
    'END:VEVENT',
  ];
};

/** A calendar of those gatherings. @param now epoch ms, when it is written */
export const calendarText = (board: CalendarBoard, entries: readonly CalendarEntry[], now: number): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huddle//Huddle//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(board.name)}`,
    `X-WR-TIMEZONE:${escapeText(board.zone)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    ...entries.flatMap((entry) => eventLines(board, entry, utcText(now))),
    'END:VCALENDAR',
    '',
  ]
    .map(foldLine)
    .join('\r\n');
