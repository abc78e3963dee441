/** Gatherings as iCalendar files. */
import type { BoardView } from '@huddle/shared/board.ts';
import { calendarText, type CalendarBoard, type CalendarEntry } from '@huddle/shared/calendar.ts';
import type { View } from '@huddle/shared/protocol.ts';
import { Router, type Request, type Response } from 'express';
import { refuse } from './answer.ts';
import { readyFile, sendFile } from './file.ts';
import { baseOf, boardOf, type HttpParts } from './parts.ts';

/** What of a gathering is not on its card. */
const extraOf = (views: readonly View[]): Pick<CalendarEntry, 'description' | 'address'> => {
  for (const view of views) if (view.id.startsWith('details/') && 'notices' in view) return view;
  return {};
};

const calendarBoard = ({ name, zone }: BoardView, slug: string, base: string): CalendarBoard => ({ slug, name, zone, base });

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
    sendCalendar(
      request,
      response,
      slug,
      calendarText(calendarBoard(snapshot.board, slug, baseOf(parts, request)), snapshot.gatherings, snapshot.serverNow),
    );
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
    const text = calendarText(calendarBoard(snapshot.board, slug, baseOf(parts, request)), plan, parts.now());
    sendCalendar(request, response, 'plan', text, 'private, no-cache');
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
    // The details have an id of their own.
    const on = calendarBoard(snapshot.board, slug, baseOf(parts, request));
    sendCalendar(request, response, id, calendarText(on, [{ ...extra, ...gathering }], snapshot.serverNow));
  });

  return router;
};
