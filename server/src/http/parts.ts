/** What the HTTP doors are made of. */
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { DrawFirstLook } from '@huddle/shared/first-look.ts';
import { idFrom, slugSchema } from '@huddle/shared/ids.ts';
import type { Ack, CommandInput } from '@huddle/shared/protocol.ts';
import type { Board } from '../board/board.ts';
import type { Session } from '../board/session.ts';
import type { Actor, Boards, ServedBoard } from '../live/api.ts';
import { DEPLOYMENT } from '../live/boards.ts';
import type { Painter } from '../picture/painter.ts';
import type { StoreHealth } from '../store/store.ts';
import { refuse } from './answer.ts';
import type { Challenges } from './challenge.ts';
import type { Metrics } from './metrics.ts';
import type { OriginPolicy } from './origin.ts';
import type { Sessions } from './session.ts';

export interface HttpParts {
  readonly boards: Boards;
  readonly sessions: Sessions;
  readonly origins: OriginPolicy;
  readonly challenges: Challenges;
  /** The deployment's own board as this node has it, for what is in no view; `catchUp` asks the store. @throws StoreAway */
  readonly deployment: { readonly board: Pick<Board, 'get' | 'all'>; catchUp(): Promise<void> };
  /** Whether an `Authorization` header shows the administrator's token. */
  readonly isBearer: (authorization: string | undefined) => boolean;
  readonly health: () => StoreHealth;
  /** Whether the store answers and the node has what it needs from it. */
  readonly ready: () => Promise<boolean>;
  /** false once the node is about to leave. */
  readonly staying: () => boolean;
  /** Copies the data beside itself and gives the copy's path; absent where the boards are elsewhere. @throws StoreAway, StoreUnfit */
  readonly backup: (() => Promise<string>) | undefined;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Draws the pictures of links. */
  readonly painter: Painter;
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** The public key of Web Push, base64url. */
  readonly pushKey: string;
  /** Where people reach the deployment, if its operator said so. */
  readonly publicUrl: string | undefined;
  /** The folder of the built client; absent where only the API is served. */
  readonly client: string | undefined;
  /** Draws what a phone sees first; absent where the client was built without. */
  readonly firstLook: DrawFirstLook | undefined;
}

export const NO_BOARD = { code: 'notFound', field: 'board', message: 'There is no board of that name.' } as const;

/** Answers somebody who is nobody. A cookie whose session is over is named once, and then goes: from there on all is open (X8). */
export const refuseNobody = ({ sessions }: HttpParts, request: Request, response: Response): void => {
  const said = sessions.shown(request.headers.cookie);
  if (said === undefined || request.headers.authorization !== undefined) {
    refuse(response, { code: 'sessionNeeded', message: 'Ask POST /api/session for a session, or show a valid token.' });
    return;
  }
  response.set('Set-Cookie', sessions.clear());
  refuse(response, { code: 'signedOut', message: 'This session is over. Ask POST /api/session for a new one.' });
};

/** Who asks, as far as the server itself knows (B6). A wrong token is nobody, whatever the cookie says. */
export const actorOf = ({ isBearer, sessions }: HttpParts, request: Request): Actor | undefined => {
  if (request.headers.authorization !== undefined) return isBearer(request.headers.authorization) ? { kind: 'admin' } : undefined;
  const id = sessions.personOf(request.headers.cookie);
  return id === undefined ? undefined : { kind: 'person', id };
};

/** The session that asks; a token is nobody. Anybody without one is refused, and needs no further answer. */
export const mySession = (parts: HttpParts, request: Request, response: Response): Session | undefined => {
  const said = request.headers.authorization === undefined ? parts.sessions.shown(request.headers.cookie) : undefined;
  if (said !== undefined && 'session' in said) return said.session;
  refuseNobody(parts, request, response);
  return undefined;
};

/** Whether the administrator asks; anybody else is refused, and needs no further answer. */
export const isAdmin = (parts: HttpParts, request: Request, response: Response): boolean => {
  const actor = actorOf(parts, request);
  if (actor?.kind === 'admin') return true;
  if (actor === undefined) refuseNobody(parts, request, response);
  else refuse(response, { code: 'forbidden' });
  return false;
};

/** Submits a command of the node's own to the deployment's board. @throws StoreAway */
export const onDeployment = async ({ boards, random }: HttpParts, wish: CommandInput, id = idFrom(random(12))): Promise<Ack> =>
  (await boards.at(DEPLOYMENT)).submit({ ...wish, id }, { kind: 'system' });

/** The board of that name; the deployment's own board is none. @throws StoreAway */
export const boardOf = async ({ boards }: HttpParts, slug: string): Promise<ServedBoard | undefined> =>
  v.is(slugSchema, slug) ? boards.find(slug) : undefined;

export const isEncrypted = (request: Request): boolean => 'encrypted' in request.socket && request.socket.encrypted === true;

/** Whether whoever asks is connected by https, as far as the server itself or its proxy knows. */
export const isSecure = ({ origins }: HttpParts, request: Request): boolean => origins.isSecure(request.headers, isEncrypted(request));

/** Scheme and host under which this request reached us, or the address that the operator named. */
export const baseOf = (parts: HttpParts, request: Request): string => {
  if (parts.publicUrl !== undefined) return parts.publicUrl;
  const scheme = isSecure(parts, request) ? 'https' : 'http';
  return `${scheme}://${request.headers.host ?? 'localhost'}`;
};
