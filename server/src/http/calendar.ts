/** Gatherings as iCalendar (RFC 5545), in UTC, so that no zone rules need to travel along. */
import type { Snapshot, SnapshotGathering, View } from '@huddle/shared/protocol.ts';
import { Router, type Request, type Response } from 'express';
import { escapeText, foldLine, utcText } from '../list/calendar-text.ts';
import { refuse } from './answer.ts';
import { readyFile, sendFile } from './file.ts';
import { baseOf, boardOf, type HttpParts } from './parts.ts';

/** What of a gathering is not on its card. */
interface CalendarExtra {
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
    `DTSTART:${utcText(gathering.start)}`,
    `DTEND:${utcText(gathering.end)}`,
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
const calendar = (
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
    ...gatherings.flatMap((gathering) => eventLines(slug, gathering, base, utcText(now), gathering.extra ?? {})),
    'END:VCALENDAR',
    '',
  ]
    .map(foldLine)
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
