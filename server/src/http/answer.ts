/** How HTTP answers: the status that goes with each refusal, and what becomes of accidents. */
import type { Ack, Refusal, RefusalCode } from '@huddle/shared/protocol.ts';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { StoreAway } from '../store/store.ts';

/** The HTTP status of each refusal. */
export const STATUS = {
  invalid: 400,
  sessionNeeded: 401,
  signedOut: 401,
  forbidden: 403,
  banned: 403,
  codeNeeded: 403,
  codeWrong: 403,
  notFound: 404,
  idReused: 409,
  idTaken: 409,
  nameNeeded: 409,
  partyTooLarge: 409,
  declined: 409,
  noSeat: 409,
  over: 409,
  cancelled: 409,
  hidden: 409,
  linkExpired: 409,
  tooLarge: 413,
  tooMany: 429,
  internal: 500,
  retry: 503,
} as const satisfies Record<RefusalCode, number>;

/** Sends a refusal with its status, and `Retry-After` (seconds, RFC 9110 §10.2.3) where it says when to come back. */
export const refuse = (response: Response, refusal: Refusal, status: number = STATUS[refusal.code]): void => {
  if (refusal.retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(refusal.retryAfterMs / 1000)));
  else if (status === 503) response.set('Retry-After', '1');
  const ack: Ack = { ok: false, ...refusal };
  response.status(status).set('Cache-Control', 'no-store').json(ack);
};

/** Answers whoever asks too often (X6): when to come back. */
export const tellToWait = (response: Response, retryAfterMs: number): void => refuse(response, { code: 'tooMany', retryAfterMs });

/** Sends the answer to a command. */
export const acknowledge = (response: Response, ack: Ack, status = 200): void => {
  if (ack.ok) {
    response.status(status).set('Cache-Control', 'no-store').json(ack);
    return;
  }
  const { ok: _, ...refusal } = ack;
  refuse(response, refusal);
};

/** For a path whose other methods exist (RFC 9110 §15.5.6). */
export const onlyMethods =
  (...methods: readonly string[]): RequestHandler =>
  (_request, response) => {
    response.set('Allow', methods.join(', '));
    refuse(response, { code: 'invalid', message: `Only ${methods.join(' and ')} here.` }, 405);
  };

/** What body-parser and the router throw at strangers' requests: an error with a `type` or a status below 500. */
const asRefusal = (error: unknown): { refusal: Refusal; status?: number } | undefined => {
  if (error instanceof StoreAway) return { refusal: { code: 'retry', retryAfterMs: 1000 } };
  if (!(error instanceof Error)) return undefined;
  const type = 'type' in error ? error.type : undefined;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined;
  if (type === 'entity.too.large') return { refusal: { code: 'tooLarge', message: 'The body is too large.' } };
  if (type === 'entity.parse.failed') return { refusal: { code: 'invalid', message: 'The body is not JSON.' } };
  if (status === 415)
    return { refusal: { code: 'invalid', message: 'Only UTF-8 is understood here, plain or as gzip, deflate or br.' }, status };
  if (status !== undefined && status >= 400 && status < 500)
    return { refusal: { code: 'invalid', message: 'The request cannot be read.' }, status };
  return undefined;
};

/** The last handler. What nobody expected is logged, and never told to strangers. */
export const accidents =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const expected = asRefusal(error);
    if (expected === undefined) log.error({ err: error, method: request.method }, 'a request failed');
    const { refusal, status } = expected ?? { refusal: { code: 'internal' } };
    refuse(response, refusal, status);
  };
