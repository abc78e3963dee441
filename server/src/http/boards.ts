/** Boards over HTTP: the list, a board's snapshot, one gathering, what I know of myself, commands, and making a board. */
import { idFrom } from '@huddle/shared/ids.ts';
import type { Ack, Command, CommandInput } from '@huddle/shared/protocol.ts';
import { Router, type Request, type Response } from 'express';
import type { Actor, ServedBoard } from '../live/api.ts';
import { acknowledge, onlyMethods, refuse } from './answer.ts';
import { bodyOf, readBody } from './body.ts';
import { actorOf, baseOf, boardOf, isAdmin, NO_BOARD, refuseNobody, type HttpParts } from './parts.ts';
import { sendFile } from './file.ts';

/** `POST …/commands`: the socket's command. The administrator may also name a board that does not exist yet, or `_`. */
const command =
  (parts: HttpParts) =>
  async (request: Request<{ board: string }>, response: Response): Promise<void> => {
    const body = bodyOf(request, response);
    if (body === undefined) return;
    const actor = actorOf(parts, request);
    if (actor === undefined) {
      refuseNobody(parts, request, response);
      return;
    }
    const { board: slug } = request.params;
    const board = actor.kind === 'admin' && /^[a-z0-9-]{1,63}$|^_$/.test(slug) ? await parts.boards.at(slug) : await boardOf(parts, slug);
    if (board === undefined) {
      refuse(response, NO_BOARD);
      return;
    }
    acknowledge(response, await board.submit(body, actor));
  };

/** Submits a command of ours, with an id of its own. */
const submit = (parts: HttpParts, board: ServedBoard, wish: CommandInput | Command, actor: Actor): Promise<Ack> =>
  board.submit({ ...wish, id: idFrom(parts.random(12)) }, actor);

/**
 * `POST /api/boards/:board` by the administrator: makes the board and puts it on the deployment's list. Asked again for a board that is
 * there, it lists it once more – the first time may have been cut off half way – and answers `idTaken`.
 */
const create =
  (parts: HttpParts) =>
  async (request: Request<{ board: string }>, response: Response): Promise<void> => {
    const body = bodyOf(request, response);
    if (body === undefined) return;
    if (!isAdmin(parts, request, response)) return;
    const actor: Actor = { kind: 'admin' };
    const { board: slug } = request.params;
    if (!/^[a-z0-9-]{1,63}$/.test(slug)) {
      refuse(response, { code: 'invalid', field: 'slug', message: 'Lower case, digits and hyphens.' });
      return;
    }
    const organiserKey = idFrom(parts.random(22));
    // Unknown and missing fields are for the schema to name; what is ours goes last, so that no body replaces it.
    const wish = { ...body, type: 'createBoard', slug, organiserKey, id: idFrom(parts.random(12)) };
    const board = await parts.boards.at(slug);
    const made = await board.submit(wish, actor);
    if (!made.ok && made.code !== 'idTaken') {
      acknowledge(response, made);
      return;
    }
    // What stands, not what was asked for: of a board that was there already only the listing may be missing.
    const { name = '', from = '', to = '' } = board.stored.self ?? {};
    const listed = await submit(parts, await parts.boards.at('_'), { type: 'listBoard', slug, name, from, to }, actor);
    if (!made.ok || !listed.ok) {
      acknowledge(response, made.ok ? listed : made);
      return;
    }
    const url = `${baseOf(parts, request)}/b/${slug}`;
    const result = { slug, url, organiserKey, organiserUrl: `${url}/organise#${organiserKey}` };
    acknowledge(response, { ok: true, rev: made.rev, result }, 201);
  };

/** `GET /api/boards`: the boards of this deployment; the administrator gets their organisers' links too. */
const list =
  (parts: HttpParts) =>
  async (request: Request, response: Response): Promise<void> => {
    const boards = await parts.boards.list();
    if (actorOf(parts, request)?.kind !== 'admin') {
      response.set('Cache-Control', 'public, max-age=5').vary('Authorization').json({ boards });
      return;
    }
    const withLinks = boards.map(async (listed) => {
      const key = (await parts.boards.find(listed.slug))?.stored.self?.organiserKey ?? '';
      return { ...listed, organiserUrl: `${baseOf(parts, request)}/b/${listed.slug}/organise#${key}` };
    });
    response.set('Cache-Control', 'no-store').json({ boards: await Promise.all(withLinks) });
  };

/** `GET …/gatherings/:id`: its card with seats, and what its page adds, as everybody may see them. */
const gathering =
  (parts: HttpParts) =>
  async (request: Request<{ board: string; id: string }>, response: Response): Promise<void> => {
    const board = await boardOf(parts, request.params.board);
    if (board === undefined) {
      refuse(response, NO_BOARD);
      return;
    }
    const { id } = request.params;
    const opened = board.open(`gathering/${id}`, actorOf(parts, request));
    if (!opened.ok) {
      // One that may not be seen is, to whoever asks, not there.
      refuse(response, { code: 'notFound', field: 'gathering', message: 'There is no such gathering on this board.' });
      return;
    }
    const { snapshot } = board.snapshot();
    const shown = snapshot.gatherings.find((candidate) => candidate.id === id);
    response.set('Cache-Control', 'no-cache').json({ serverNow: parts.now(), ...(shown && { gathering: shown }), views: opened.views });
  };

/** `GET …/me`: the whole of `person/<me>`, for whoever has a session but no socket. */
const me =
  (parts: HttpParts) =>
  async (request: Request<{ board: string }>, response: Response): Promise<void> => {
    const board = await boardOf(parts, request.params.board);
    if (board === undefined) {
      refuse(response, NO_BOARD);
      return;
    }
    const actor = actorOf(parts, request);
    if (actor?.kind !== 'person') {
      refuseNobody(parts, request, response);
      return;
    }
    const opened = board.open(`person/${actor.id}`, actor);
    const views = opened.ok ? opened.views : [];
    response.set('Cache-Control', 'no-store').json({ serverNow: parts.now(), person: actor.id, views });
  };

export const boardRoutes = (parts: HttpParts): Router => {
  const router = Router();

  router.route('/').get(list(parts)).all(onlyMethods('GET'));

  router
    .route('/:board')
    .get(async (request, response) => {
      const board = await boardOf(parts, request.params.board);
      if (board === undefined) {
        refuse(response, NO_BOARD);
        return;
      }
      const { json: plain, gzip, etag } = board.snapshot();
      sendFile(request, response, { type: 'application/json', plain, gzip, etag }, 'public, max-age=1');
    })
    .post(readBody, create(parts))
    .all(onlyMethods('GET', 'POST'));

  router.route('/:board/me').get(me(parts)).all(onlyMethods('GET'));
  router.route('/:board/gatherings/:id').get(gathering(parts)).all(onlyMethods('GET'));
  router.route('/:board/commands').post(readBody, command(parts)).all(onlyMethods('POST'));
  return router;
};
