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

/** What a calendar says of a gathering. `rev` orders its versions; `tentative`: not sure to come. */
interface CalendarEntry extends Pick<SnapshotGathering, 'id' | 'title' | 'start' | 'end'> {
  readonly place?: string;
  readonly tags?: readonly string[];
  readonly cancelled?: boolean;
  readonly tentative?: boolean;
  readonly rev?: number;
  readonly extra?: CalendarExtra;
}

const statusOf = ({ cancelled, tentative }: CalendarEntry): string => (cancelled ? 'CANCELLED' : tentative ? 'TENTATIVE' : 'CONFIRMED');

const eventLines = (slug: string, gathering: CalendarEntry, base: string, stamp: string): readonly string[] => {
  const extra = gathering.extra ?? {};
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
    ...(gathering.tags === undefined || gathering.tags.length === 0 ? [] : [`CATEGORIES:${gathering.tags.map(escapeText).join(',')}`]),
    `STATUS:${statusOf(gathering)}`,
    ...(gathering.rev === undefined ? [] : [`SEQUENCE:${gathering.rev}`]),
    'END:VEVENT',
  ];
};

/** A calendar of those gatherings. @param base scheme and host of the links @param now epoch ms */
const calendar = ({ board }: Pick<Snapshot, 'board'>, gatherings: readonly CalendarEntry[], base: string, now: number): string => {
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
    ...gatherings.flatMap((gathering) => eventLines(slug, gathering, base, utcText(now))),
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

const sendCalendar = (request: Request, response: Response, name: string, text: string, caching = 'public, max-age=60'): void => {
  response.set('Content-Disposition', `attachment; filename="${name}.ics"`);
  sendFile(request, response, readyFile('text/calendar; charset=utf-8', text), caching);
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

  // The token is the key: whoever has it reads the plan, and a void one looks like one that never was.
  router.get('/b/:board/plan/:token.ics', async (request, response) => {
    const { board: slug, token } = request.params;
    const board = await boardOf(parts, slug);
    const plan = board?.plan(token);
    response.set({ 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' });
    if (board === undefined || plan === undefined) {
      refuse(response, { code: 'notFound', field: 'token' });
      return;
    }
    const { snapshot } = board.snapshot();
    const entries = plan.map(({ description, address, ...entry }) => ({ ...entry, extra: { description, address } }));
    sendCalendar(request, response, 'plan', calendar(snapshot, entries, baseOf(parts, request), parts.now()), 'private, no-cache');
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
