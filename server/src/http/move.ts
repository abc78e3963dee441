/**
 * Moving to another phone. `/api/me/move`, by the phone that is somebody: makes a link that works once, and says what became of it.
 * `/api/move`, by the phone that has it: whose it is, and taking it. The token comes in bodies alone, because addresses end up in logs.
 */
import { idFrom, idSchema, slugSchema } from '@huddle/shared/ids.ts';
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { movesOf } from '../board/session.ts';
import { Limits } from '../live/limit.ts';
import { acknowledge, onlyMethods, refuse, tellToWait } from './answer.ts';
import { become, nameOn } from './become.ts';
import { readBody, wishOf } from './body.ts';
import { mySession, onDeployment, type HttpParts } from './parts.ts';
import { hashOf, type Search } from './search.ts';

/** Links that one person may make, a second and at once (X6). */
const LINKS_A_SECOND = 1 / 20;
const LINKS_AT_ONCE = 5;

const tokenSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const whoseWish = v.strictObject({ token: tokenSchema, board: slugSchema });
const takeWish = v.strictObject({ token: tokenSchema, id: idSchema });
const openResult = v.object({ expires: v.number() });

/** `POST /api/me/move`. */
const open = (parts: HttpParts) => {
  const links = new Limits(LINKS_A_SECOND, LINKS_AT_ONCE);
  return async (request: Request, response: Response): Promise<void> => {
    const session = mySession(parts, request, response);
    if (session === undefined) return;
    const { person, id, issued } = session;
    const ms = links.take(person, parts.now());
    if (ms > 0) {
      tellToWait(response, ms);
      return;
    }
    const token = idFrom(parts.random(22));
    const ack = await onDeployment(parts, { type: 'openMove', person, by: { session: id, issued }, hash: hashOf(token) });
    if (!ack.ok) acknowledge(response, ack);
    else
      response
        .status(201)
        .set('Cache-Control', 'no-store')
        .json({ ok: true, token, ...v.parse(openResult, ack.result) });
  };
};

/** `GET /api/me/move`: `open`, `used`, or `over` – its time, or because I signed out somewhere. */
const state =
  (parts: HttpParts, search: Search) =>
  async (request: Request, response: Response): Promise<void> => {
    const session = mySession(parts, request, response);
    if (session === undefined) return;
    const move = await search(() => movesOf(parts.deployment.board, session.person)[0]);
    if (typeof move === 'number') {
      tellToWait(response, move);
      return;
    }
    const said = move === undefined || move.expires <= parts.now() ? 'over' : move.used ? 'used' : 'open';
    response.set('Cache-Control', 'no-store').json({ ok: true, state: said });
  };

/** `POST /api/move/whose`: the name on that board, and whether I am that person already. Leaves the link as it is. */
const whose =
  (parts: HttpParts, search: Search) =>
  async (request: Request, response: Response): Promise<void> => {
    const wish = wishOf(whoseWish, request, response);
    if (wish === undefined) return;
    const move = await search(() => parts.deployment.board.get('move', hashOf(wish.token)));
    if (typeof move === 'number') tellToWait(response, move);
    else if (move === undefined || move.used || move.expires <= parts.now()) refuse(response, { code: 'linkExpired' });
    else {
      const name = await nameOn(parts, wish.board, move.person);
      const mine = parts.sessions.personOf(request.headers.cookie) === move.person;
      response.set('Cache-Control', 'no-store').json({ ok: true, name, mine });
    }
  };

/** `POST /api/move`: takes it. Sent again with the same id, after an answer that was lost, it is answered again (B7). */
const take =
  (parts: HttpParts, search: Search) =>
  async (request: Request, response: Response): Promise<void> => {
    const wish = wishOf(takeWish, request, response);
    if (wish === undefined) return;
    const hash = hashOf(wish.token);
    const move = await search(() => parts.deployment.board.get('move', hash));
    if (typeof move === 'number') {
      tellToWait(response, move);
      return;
    }
    // An id of its own for this token: the node's other commands have theirs, which no stranger may take first.
    const ack = await onDeployment(parts, { type: 'takeMove', hash }, hashOf(`${hash} ${wish.id}`).slice(0, 32));
    await become(parts, request, response, ack);
  };

export const moveRoutes = (parts: HttpParts, search: Search): { readonly mine: Router; readonly anybodys: Router } => {
  const mine = Router();
  mine.route('/').post(open(parts)).get(state(parts, search)).all(onlyMethods('GET', 'POST'));
  const anybodys = Router();
  anybodys.route('/').post(readBody, take(parts, search)).all(onlyMethods('POST'));
  anybodys.route('/whose').post(readBody, whose(parts, search)).all(onlyMethods('POST'));
  return { mine, anybodys };
};
