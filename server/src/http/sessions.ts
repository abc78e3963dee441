/** `POST /api/session`: a guest becomes somebody. */
import { Router } from 'express';
import { Bucket } from '../live/limit.ts';
import { onlyMethods, refuse } from './answer.ts';
import { isEncrypted, type HttpParts } from './parts.ts';

/**
 * X6: new sessions are limited as a whole, never by address – a venue has one. At the door, thousands come within a minute; a machine
 * that makes sessions all day does not get far beyond that.
 */
const A_SECOND = 50;
const AT_ONCE = 10_000;

export const sessionRoutes = ({ sessions, origins, now }: HttpParts, fresh = new Bucket(A_SECOND, AT_ONCE, now())): Router => {
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
        refuse(response, { code: 'tooMany', retryAfterMs: wait });
        return;
      }
      const { person, setCookie } = sessions.issue(origins.isSecure(request.headers, isEncrypted(request)));
      response.status(201).set('Set-Cookie', setCookie).json({ person });
    })
    .all(onlyMethods('POST'));
  return router;
};
