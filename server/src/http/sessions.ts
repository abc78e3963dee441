/** `POST /api/session`: a guest becomes somebody. `DELETE`: signs out, on this phone or everywhere (X8). */
import { Router, type Request, type Response } from 'express';
import { Bucket } from '../live/limit.ts';
import { acknowledge, onlyMethods, tellToWait } from './answer.ts';
import { isSecure, onDeployment, type HttpParts } from './parts.ts';

/**
 * X6: new sessions are limited as a whole, never by address – a venue has one. At the door, thousands come within a minute; a machine
 * that makes sessions all day does not get far beyond that.
 */
const A_SECOND = 50;
const AT_ONCE = 10_000;

/** Over on every node before it is answered; asked by nobody in particular, it only takes a cookie away that is good for nothing. */
const signOut =
  (parts: HttpParts) =>
  async (request: Request, response: Response): Promise<void> => {
    const { sessions } = parts;
    const said = sessions.shown(request.headers.cookie);
    const all = request.query['everywhere'] === 'yes';
    if (said !== undefined && 'session' in said) {
      const { person, id, issued } = said.session;
      const only = all ? {} : { session: { session: id, issued } };
      const ack = await onDeployment(parts, { type: 'endSessions', person, ...only });
      if (!ack.ok) {
        acknowledge(response, ack);
        return;
      }
    }
    response.set({ 'Set-Cookie': sessions.clear(), 'Cache-Control': 'no-store' }).json({ ok: true });
  };

export const sessionRoutes = (parts: HttpParts, fresh = new Bucket(A_SECOND, AT_ONCE, parts.now())): Router => {
  const { sessions, now } = parts;
  const router = Router();
  router
    .route('/')
    .post((request, response) => {
      response.set('Cache-Control', 'no-store');
      const known = sessions.personOf(request.headers.cookie);
      if (known !== undefined) {
        response.json({ person: known });
        return;
      }
      const wait = fresh.take(now());
      if (wait > 0) {
        tellToWait(response, wait);
        return;
      }
      const { person, setCookie } = sessions.issue(isSecure(parts, request));
      response.status(201).set('Set-Cookie', setCookie).json({ person });
    })
    .delete(signOut(parts))
    .all(onlyMethods('POST', 'DELETE'));
  return router;
};
