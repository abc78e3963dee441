/** A board's gatherings as a list: brought in and taken out by its organisers. */
import { setTimeout as after } from 'node:timers/promises';
import { idFrom } from '@huddle/shared/ids.ts';
import { raw, Router, type NextFunction, type Request, type Response } from 'express';
import type { Actor, ServedBoard } from '../live/api.ts';
import { writeList } from '../list/export.ts';
import { isListFormat, LIST_FORMATS, MEDIA_TYPES, type ListFormat } from '../list/format.ts';
import { importList, LIST_BYTES } from '../list/import.ts';
import { readListApart } from '../list/reader.ts';
import { onlyMethods, refuse } from './answer.ts';
import { actorOf, boardOf, NO_BOARD, refuseNobody, type HttpParts } from './parts.ts';

/** Whose list it is, in which format, and who asks. */
interface Asked {
  readonly board: ServedBoard;
  readonly actor: Actor;
  readonly format: ListFormat;
}

type BoardRequest = Request<{ board: string }>;

/** What an organiser may ask for; anything else has been answered. */
const askedOf = async (parts: HttpParts, request: BoardRequest, response: Response): Promise<Asked | undefined> => {
  const board = await boardOf(parts, request.params.board);
  const actor = actorOf(parts, request);
  const { format } = request.query;
  if (board === undefined) refuse(response, NO_BOARD);
  else if (actor === undefined) refuseNobody(parts, request, response);
  else if (!board.organises(actor)) refuse(response, { code: 'forbidden', message: 'Only organisers may.' });
  else if (!isListFormat(format)) refuse(response, { code: 'invalid', field: 'format', message: `One of ${LIST_FORMATS.join(', ')}.` });
  else return { board, actor, format };
  return undefined;
};

/** Before up to 10 MB are read, it is known that this person may send them. */
const mayAsk =
  (parts: HttpParts) =>
  async (request: BoardRequest, response: Response, next: NextFunction): Promise<void> => {
    if ((await askedOf(parts, request, response)) !== undefined) next();
  };

/** NDJSON: `{ done, of }` as it goes on, then `{ report }`; `{ error }` last where the board stopped taking parts. */
const bringIn =
  (parts: HttpParts) =>
  async (request: BoardRequest, response: Response): Promise<void> => {
    const asked = await askedOf(parts, request, response);
    const self = asked?.board.stored.self;
    if (asked === undefined || self === undefined) return;
    const { board, actor, format } = asked;
    const makeId = (): string => idFrom(parts.random(12));
    const { zone, from, to } = self;
    const body: unknown = request.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const list = await readListApart({ bytes, format, context: { zone, from, to } });
    const say = (line: object): unknown => response.write(`${JSON.stringify(line)}\n`);
    response.set({ 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    const { report, refusal } = await importList(board, actor, list, {
      makeId,
      wait: (ms) => after(ms),
      onProgress: (done, of) => say({ done, of }),
    });
    say({ report });
    if (refusal !== undefined) say({ error: { ...refusal, message: refusal.message ?? 'The rest was not taken.' } });
    response.end();
  };

const takeOut =
  (parts: HttpParts) =>
  async (request: BoardRequest, response: Response): Promise<void> => {
    const asked = await askedOf(parts, request, response);
    const self = asked?.board.stored.self;
    if (asked === undefined || self === undefined) return;
    const { board, format } = asked;
    const text = writeList(board.stored.gatherings, format, self);
    response.set({ 'Content-Type': MEDIA_TYPES[format], 'Content-Disposition': `attachment; filename="${board.slug}.${format}"` });
    response.set('Cache-Control', 'no-store').end(text);
  };

export const listRoutes = (parts: HttpParts): Router => {
  const router = Router();
  const bytes = raw({ type: () => true, limit: LIST_BYTES });
  router.route('/:board/import').post(mayAsk(parts), bytes, bringIn(parts)).all(onlyMethods('POST'));
  router.route('/:board/export').get(takeOut(parts)).all(onlyMethods('GET'));
  return router;
};
