/** Writing lists of gatherings as iCalendar (RFC 5545), for an import to take back. */
import { escapeText, foldLine, utcText } from '@huddle/shared/calendar.ts';
import type { GatheringRecord } from '@huddle/shared/gathering.ts';

/** RFC 6868: what a parameter value cannot hold itself. */
const parameter = (text: string): string => `"${text.replace(/\^/g, '^^').replace(/\n/g, '^n').replace(/"/g, "^'")}"`;

const eventLines = (gathering: GatheringRecord): readonly string[] => {
  const { id, source, title, kind, tags, languages, second, start, end, place, address, capacity } = gathering;
  const key = id.slice('gathering/'.length);
  const text = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [`${name}:${escapeText(value)}`]);
  // Readers take the value of a property they do not know as it stands, unless told that it is a text.
  const more = (name: string, value: string | undefined): string[] => text(`X-HUDDLE-${name};VALUE=TEXT`, value);
  const precise = (name: string, ms: number): string[] => (ms % 1000 === 0 ? [] : [`${name}:${ms}`]);
  return [
    'BEGIN:VEVENT',
    ...text('UID', source?.uid ?? `${key}@huddle`),
    `DTSTAMP:${utcText(gathering.createdAt)}`,
    `DTSTART:${utcText(start)}`,
    `DTEND:${utcText(end)}`,
    ...text('SUMMARY', title),
    ...text('LOCATION', [place, address].filter((part) => part !== '').join(', ')),
    ...text('DESCRIPTION', gathering.description),
    // One a line: readers disagree on a backslash before the comma between two.
    ...[kind, ...tags].flatMap((word) => text('CATEGORIES', word)),
    ...(gathering.hostName === '' ? [] : [`ORGANIZER;CN=${parameter(gathering.hostName)}:mailto:nobody@invalid`]),
    `URL:${gathering.link}`,
    `STATUS:${gathering.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...more('ID', key),
    ...more('KEY', source?.key),
    ...more('KIND', kind),
    ...languages.flatMap((language) => more('LANGUAGE', language)),
    ...more('SECOND-LANGUAGE', second?.language ?? ''),
    ...more('SECOND-TITLE', second?.title),
    ...more('SECOND-DESCRIPTION', second?.description),
    ...more('PLACE', place),
    ...more('ADDRESS', address),
    ...more('PLACE-FOR', gathering.placeFor),
    ...precise('X-HUDDLE-START', start),
    ...precise('X-HUDDLE-END', end),
    `X-HUDDLE-CAPACITY:${capacity ?? ''}`,
    `X-HUDDLE-PARTY-MAX:${gathering.partyMax}`,
    `X-HUDDLE-RELEASE-AFTER:${gathering.releaseAfter}`,
    ...more('HOST', gathering.hostName),
    ...more('PRICE', gathering.price),
    ...more('REGISTRATION', gathering.registration),
    `X-HUDDLE-CLOSED:${gathering.closed ? 'yes' : 'no'}`,
    'END:VEVENT',
  ];
};

/** A calendar of everything that an import takes back. What iCalendar has no word for stands in `X-HUDDLE-` properties. */
export const writeCalendar = (gatherings: readonly GatheringRecord[], board: { readonly name: string; readonly zone: string }): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huddle//Huddle//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escapeText(board.name)}`,
    `X-WR-TIMEZONE:${escapeText(board.zone)}`,
    ...gatherings.flatMap(eventLines),
    'END:VCALENDAR',
    '',
  ]
    .map(foldLine)
    .join('\r\n');
