/**
 * Moving to another phone. `/api/me/move`, by the phone that is somebody: makes a link that works once, and says what became of it.
 * `/api/move`, by the phone that has it: whose it is, and taking it. The token comes in bodies alone, because addresses end up in logs.
 */
import { createHash } from 'node:crypto';
import { idFrom, idSchema, slugSchema } from '@huddle/shared/ids.ts';
import { MOVE_LIFE, type MoveRecord } from '@huddle/shared/move.ts';
import type { MeView } from '@huddle/shared/person.ts';
import { Router, type Request, type Response } from 'express';
import * as v from 'valibot';
import { Bucket, Limits } from '../live/limit.ts';
import { acknowledge, onlyMethods, refuse } from './answer.ts';
import { readBody, wishOf } from './body.ts';
import { boardOf, isSecure, meIn, onDeployment, type HttpParts } from './parts.ts';

/** Links that one person may make, a second and at once (X6). */
const LINKS_A_SECOND = 1 / 20;
const LINKS_AT_ONCE = 5;
/**
 * How often strangers may ask for what this node does not know, of all of them together (X6): a token is not guessed, but each try asks the
 * store. Who has a good one is not held up by them.
 */
const MISSES_A_SECOND = 20;
const MISSES_AT_ONCE = 200;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

const tokenSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const whoseWish = v.strictObject({ token: tokenSchema, board: slugSchema });
const takeWish = v.strictObject({ token: tokenSchema, id: idSchema });
const openResult = v.object({ expires: v.number() });
const becameResult = v.object({ person: v.string(), issued: v.number() });

/** A link as this node knows it. Another node may have made it a moment ago, so before there is none the store is asked. */
const createSearch = (parts: HttpParts) => {
  const misses = new Bucket(MISSES_A_SECOND, MISSES_AT_ONCE, parts.now());
  /** @returns what was found, or (a number) how many ms to wait before asking again */
  return async (look: () => MoveRecord | undefined): Promise<MoveRecord | number | undefined> => {
    const known = look();
    if (known !== undefined) return known;
    const wait = misses.take(parts.now());
    if (wait > 0) return wait;
    await parts.deployment.catchUp();
    return look();
  };
};
type Search = ReturnType<typeof createSearch>;

const wait = (response: Response, ms: number): void => refuse(response, { code: 'tooMany', retryAfterMs: ms });

/** `POST /api/me/move`. */
const open = (parts: HttpParts) => {
  const links = new Limits(LINKS_A_SECOND, LINKS_AT_ONCE);
  return async (request: Request, response: Response): Promise<void> => {
    const person = meIn(parts, request, response);
    if (person === undefined) return;
    const ms = links.take(person, parts.now());
    if (ms > 0) {
      wait(response, ms);
      return;
    }
    const token = idFrom(parts.random(22));
    const ack = await onDeployment(parts, { type: 'openMove', person, hash: hashOf(token) });
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
    const person = meIn(parts, request, response);
    if (person === undefined) return;
    const move = await search(() => parts.deployment.board.all('move').find((each) => each.person === person));
    if (typeof move === 'number') {
      wait(response, move);
      return;
    }
    const said = move === undefined || move.expires <= parts.now() ? 'over' : move.used ? 'used' : 'open';
    response.set('Cache-Control', 'no-store').json({ ok: true, state: said });
  };

/** The name of that person on a board; '' where they have none there. */
const nameOn = async (parts: HttpParts, slug: string, id: string): Promise<string> => {
  const opened = (await boardOf(parts, slug))?.open(`person/${id}`, { kind: 'person', id });
  const views = opened?.ok === true ? opened.views : [];
  return views.find((view): view is MeView => view.id === `me/${id}`)?.name ?? '';
};

/** `POST /api/move/whose`: the name on that board, and whether I am that person already. Leaves the link as it is. */
const whose =
  (parts: HttpParts, search: Search) =>
  async (request: Request, response: Response): Promise<void> => {
    const wish = wishOf(whoseWish, request, response);
    if (wish === undefined) return;
    const move = await search(() => parts.deployment.board.get('move', hashOf(wish.token)));
    if (typeof move === 'number') wait(response, move);
    else if (move === undefined || move.used || move.expires <= parts.now()) refuse(response, { code: 'linkExpired' });
    else {
      const name = await nameOn(parts, wish.board, move.person);
      const mine = parts.sessions.personOf(request.headers.cookie) === move.person;
      response.set('Cache-Control', 'no-store').json({ ok: true, name, mine });
    }
  };

/** Whoever this phone was is nobody on it any more: their session here is over, also where another page of it still has a socket. */
const leave = async (parts: HttpParts, request: Request, person: string): Promise<void> => {
  const said = parts.sessions.shown(request.headers.cookie);
  if (said === undefined || 'over' in said || said.session.person === person) return;
  const { person: before, id, issued } = said.session;
  // Where the store goes away meanwhile, a session is left that nobody has the cookie of.
  await onDeployment(parts, { type: 'endSessions', person: before, session: { session: id, issued } });
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
      wait(response, move);
      return;
    }
    // An id of its own for this token: the node's other commands have theirs, which no stranger may take first.
    const ack = await onDeployment(parts, { type: 'takeMove', hash }, hashOf(`${hash} ${wish.id}`).slice(0, 32));
    const became = ack.ok ? v.parse(becameResult, ack.result) : undefined;
    if (became === undefined) acknowledge(response, ack);
    // Answered again: for an answer that was lost on the way, not for whoever finds the request later.
    else if (parts.now() - became.issued > MOVE_LIFE) refuse(response, { code: 'linkExpired' });
    else {
      await leave(parts, request, became.person);
      response.set('Set-Cookie', parts.sessions.issue(isSecure(parts, request), became).setCookie);
      acknowledge(response, ack.ok ? { ok: true, rev: ack.rev } : ack);
    }
  };

export const moveRoutes = (parts: HttpParts): { readonly mine: Router; readonly anybodys: Router } => {
  const search = createSearch(parts);
  const mine = Router();
  mine.route('/').post(open(parts)).get(state(parts, search)).all(onlyMethods('GET', 'POST'));
  const anybodys = Router();
  anybodys.route('/').post(readBody, take(parts, search)).all(onlyMethods('POST'));
  anybodys.route('/whose').post(readBody, whose(parts, search)).all(onlyMethods('POST'));
  return { mine, anybodys };
};
