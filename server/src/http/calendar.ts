/** Gatherings as iCalendar (RFC 5545), in UTC, so that no zone rules need to travel along. */
import type { Snapshot, SnapshotGathering, View } from '@huddle/shared/protocol.ts';
import { Router, type Request, type Response } from 'express';
import { refuse } from './answer.ts';
import { readyFile, sendFile } from './file.ts';
import { baseOf, boardOf, type HttpParts } from './parts.ts';

const OCTETS = 75;

/** RFC 5545 §3.3.11. */
const escapeText = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');

/** RFC 5545 §3.1: lines of at most 75 octets, never cut inside a character. */
const fold = (line: string): string => {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
};

/** Epoch ms as `20261114T103000Z`. */
const utc = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/** What of a gathering is not on its card. */
export interface CalendarExtra {
  readonly description?: string;
  readonly address?: string;
}

const eventLines = (slug: string, gathering: SnapshotGathering, base: string, stamp: string, extra: CalendarExtra): readonly string[] => {
  const url = `${base}/b/${slug}/g/${gathering.id}`;
  const where = [gathering.place, extra.address].filter(Boolean).join(', ');
  const about = [extra.description, url].filter(Boolean).join('\n\n');
  return [
    'BEGIN:VEVENT',
    `UID:${gathering.id}.${slug}@huddle`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${utc(gathering.start)}`,
    `DTEND:${utc(gathering.end)}`,
    `SUMMARY:${escapeText(gathering.title)}`,
    ...(where === '' ? [] : [`LOCATION:${escapeText(where)}`]),
    `DESCRIPTION:${escapeText(about)}`,
    `URL:${url}`,
    ...(gathering.tags === undefined ? [] : [`CATEGORIES:${gathering.tags.map(escapeText).join(',')}`]),
    `STATUS:${gathering.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
  ];
};

/** A calendar of those gatherings. @param base scheme and host of the links @param now epoch ms */
export const calendar = (
  { board }: Pick<Snapshot, 'board'>,
  gatherings: readonly (SnapshotGathering & { readonly extra?: CalendarExtra })[],
  base: string,
  now: number,
): string => {
  const slug = board.id.slice('board/'.length);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Huddle//Huddle//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(board.name)}`,
    `X-WR-TIMEZONE:${escapeText(board.zone)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    ...gatherings.flatMap((gathering) => eventLines(slug, gathering, base, utc(now), gathering.extra ?? {})),
    'END:VCALENDAR',
    '',
  ]
    .map(fold)
    .join('\r\n');
};

const extraOf = (views: readonly View[]): CalendarExtra => {
  for (const view of views) if (view.id.startsWith('details/') && 'notices' in view) return view;
  return {};
};

const sendCalendar = (request: Request, response: Response, name: string, text: string): void => {
  response.set('Content-Disposition', `attachment; filename="${name}.ics"`);
  sendFile(request, response, readyFile('text/calendar; charset=utf-8', text), 'public, max-age=60');
};

export const calendarRoutes = (parts: HttpParts): Router => {
  const router = Router();

  router.get('/b/:board.ics', async (request, response) => {
    const { board: slug } = request.params;
    const board = await boardOf(parts, slug);
    if (board === undefined) {
      refuse(response, { code: 'notFound', field: 'board' });
      return;
    }
    const { snapshot } = board.snapshot();
    sendCalendar(request, response, slug, calendar(snapshot, snapshot.gatherings, baseOf(parts, request), snapshot.serverNow));
  });

  router.get('/b/:board/g/:gathering.ics', async (request, response) => {
    const { board: slug, gathering: id } = request.params;
    const board = await boardOf(parts, slug);
    const { snapshot } = board?.snapshot() ?? {};
    const gathering = snapshot?.gatherings.find((candidate) => candidate.id === id);
    if (snapshot === undefined || gathering === undefined) {
      refuse(response, { code: 'notFound', field: 'gathering' });
      return;
    }
    // As a stranger may see it: a calendar program has no session.
    const opened = board?.open(`gathering/${id}`, undefined);
    const extra = opened?.ok ? extraOf(opened.views) : {};
    sendCalendar(request, response, id, calendar(snapshot, [{ ...gathering, extra }], baseOf(parts, request), snapshot.serverNow));
  });

  return router;
};
